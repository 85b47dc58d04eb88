/** Finds who in the catalog somebody is whom an identity provider has let in; who isn't there yet is put in. */
import { type Kysely, sql } from 'kysely';
import type { PartReading } from '#model/contribution.ts';
import { DEFAULT_NAMESPACE, type Entity } from '#model/entity.ts';
import { formatRef } from '#model/ref.ts';
import type { Catalog, CatalogTables } from '../catalog/index.ts';
import { clean } from '../kernel/store/row-set.ts';
import { groupName, personNames } from './sign-in-names.ts';
import type { Identity, IdentityProvider } from './sign-in-provider.ts';
import type { AccessTables } from './tables.ts';

export interface SignInPeopleOptions {
  db: Kysely<CatalogTables & AccessTables>;
  catalog: Pick<Catalog, 'ingest' | 'removeParts'>;
}

type Provider = Pick<IdentityProvider, 'id' | 'kind' | 'address'>;

/** The source under which stands what identity providers say. */
const SIGN_IN = 'sign-in';
const API_VERSION = 'backstage.io/v1alpha1';
/** More than anybody is in; a claim that names more is cut. */
const MOST_GROUPS = 500;

export class SignInPeople {
  readonly #options: SignInPeopleOptions;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SignInPeopleOptions) {
    this.#options = options;
  }

  /** Takes in what the provider says of a person and her groups. @returns ref of her `User` entity. */
  admit(provider: Provider, identity: Identity): Promise<string> {
    // One after another, as the catalog wants it of every source.
    const turn = this.#turn.then(() => this.#admit(provider, identity));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #admit(provider: Provider, identity: Identity): Promise<string> {
    const { catalog } = this.#options;
    const matched = (await this.#byAnnotation(provider, identity)) ?? (await this.#byEmail(identity.email));
    const named = matched ?? (await this.#named(provider, identity));
    const groups = groupsOf(identity.groups);
    const place = { location: `url:${provider.address}` };
    // Somebody's descriptor says more about her than the provider: it only adds her groups.
    const own = { provider: provider.id, subject: identity.subject };
    const about = (await this.#isOurs(named, own))
      ? newPerson(named, identity, groups)
      : member(named, groups);
    const confidence = about.spec.profile ? ('declared' as const) : ('found' as const);
    const isSilent = confidence === 'found' && groups.length === 0;
    const person: PartReading = {
      part: partOf(own),
      contributions: isSilent ? [] : [{ ref: named, entity: about, confidence, place }],
    };
    const missing = await this.#missing(groups);
    const made = missing.map((group) => ({
      part: group.ref,
      contributions: [{ ref: group.ref, entity: newGroup(group), confidence: 'declared' as const, place }],
    }));
    await catalog.ingest(SIGN_IN, [person, ...made]);
    await this.#leaveGroups();
    return named;
  }

  /** A descriptor that names the account itself. */
  async #byAnnotation({ id, kind }: Provider, { subject, login }: Identity): Promise<string | undefined> {
    const accounts = [`${id}:${subject}`];
    const logins: string[] = [];
    // A name at GitHub is one account's; elsewhere people may be able to choose what they are called. One that
    // looks like an id could be taken for somebody else's.
    if (kind === 'github' && login !== null) {
      if (!/^\d+$/.test(login)) accounts.push(`${id}:${login}`);
      logins.push(login.toLowerCase());
    }
    const { rows } = await sql<{ ref: string }>`
      select ref from (
        select ref, body #>> '{metadata,annotations,atrium.dev/sign-in}' as account,
          lower(body #>> '{metadata,annotations,github.com/user-login}') as login
        from entity where kind = 'user' and (terms @> array['metadata.annotations.atrium.dev/sign-in']
          or terms @> array['metadata.annotations.github.com/user-login'])) annotated
      where account = any(${accounts}::text[]) or login = any(${logins}::text[])
      order by account = any(${accounts}::text[]) desc nulls last, ref limit 1`.execute(this.#options.db);
    return rows[0]?.ref;
  }

  /** Who is described by somebody comes before whom only a provider knows. */
  async #byEmail(email: string | null): Promise<string | undefined> {
    if (email === null) return undefined;
    const term = clean(`spec.profile.email=${email.toLowerCase()}`);
    const { rows } = await sql<{ ref: string }>`
      select ref from entity where kind = 'user' and terms @> array[${term}]
      order by exists (select from sign_in_name n where n.ref = entity.ref), ref limit 1`.execute(
      this.#options.db,
    );
    return rows[0]?.ref;
  }

  /**
   * The name of somebody whom no source describes. It stays hers unless a source describes somebody of that name,
   * who may be somebody else.
   */
  async #named({ id }: Provider, { subject, login, email, name }: Identity): Promise<string> {
    const { db } = this.#options;
    const own = { provider: id, subject };
    const before = await db
      .selectFrom('sign_in_name')
      .select('ref')
      .where((is) => is.and(own))
      .executeTakeFirst();
    if (before && (await this.#isOurs(before.ref, own))) return before.ref;
    await db
      .deleteFrom('sign_in_name')
      .where((is) => is.and(own))
      .execute();
    for (const candidate of personNames([login, email, name], `${id}:${subject}`)) {
      const ref = formatRef({ kind: 'User', namespace: DEFAULT_NAMESPACE, name: candidate });
      if (await this.#isTaken(ref, own)) continue;
      const row = { ref, ...own };
      const got = await db
        .insertInto('sign_in_name')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('ref')
        .executeTakeFirst();
      if (got) return got.ref;
    }
    throw new Error(`No name is left for ${id}:${subject}`);
  }

  /** Somebody else speaks of whoever has the name. */
  async #isTaken(ref: string, account: Account): Promise<boolean> {
    const { rows } = await sql`
      select from contribution where ref = ${ref} and removed_at is null
        and not (source = ${SIGN_IN} and part = ${partOf(account)}) limit 1`.execute(this.#options.db);
    return rows.length > 0;
  }

  /** The name was given to this account, and no other source speaks of whoever has it. */
  async #isOurs(ref: string, { provider, subject }: Account): Promise<boolean> {
    const { rows } = await sql`
      select from sign_in_name where ref = ${ref} and provider = ${provider} and subject = ${subject} and not exists (
        select from contribution where ref = ${ref} and source <> ${SIGN_IN} and removed_at is null)`.execute(
      this.#options.db,
    );
    return rows.length > 0;
  }

  /** Groups that no source describes, those that we made among them. */
  async #missing(groups: readonly ClaimedGroup[]): Promise<ClaimedGroup[]> {
    const { rows } = await sql<{ ref: string }>`
      select distinct ref from contribution
      where ref = any(${groups.map(({ ref }) => ref)}::text[]) and source <> ${SIGN_IN} and removed_at is null`.execute(
      this.#options.db,
    );
    const described = new Set(rows.map(({ ref }) => ref));
    return groups.filter(({ ref }) => !described.has(ref));
  }

  /** Takes away groups of ours to which nobody belongs any more, and those that a source describes by now. */
  async #leaveGroups(): Promise<void> {
    const { rows } = await sql<{ part: string }>`
      select part from contribution c where source = ${SIGN_IN} and part = ref and ref like 'group:%' and removed_at is null and (
        not exists (select from relation where to_ref = c.ref and type = 'memberOf')
        or exists (select from contribution o where o.ref = c.ref and o.source <> ${SIGN_IN} and o.removed_at is null))`.execute(
      this.#options.db,
    );
    await this.#options.catalog.removeParts(
      SIGN_IN,
      rows.map(({ part }) => part),
    );
  }
}

/** At one provider. */
interface Account {
  provider: string;
  subject: string;
}

const partOf = ({ provider, subject }: Account) => `person:${provider}:${subject}`;

interface ClaimedGroup {
  ref: string;
  name: string;
  /** As the provider calls it. */
  title: string;
}

function groupsOf(claimed: readonly string[]): ClaimedGroup[] {
  const groups = claimed.slice(0, MOST_GROUPS).map((title) => {
    const name = groupName(title);
    return {
      ref: formatRef({ kind: 'Group', namespace: DEFAULT_NAMESPACE, name }),
      name,
      title: clean(title),
    };
  });
  return [...new Map(groups.map((group) => [group.ref, group])).values()];
}

type Person = Entity & { spec: { profile?: object; memberOf: string[] } };

function member(ref: string, groups: readonly ClaimedGroup[]): Person {
  const [, namespace = DEFAULT_NAMESPACE, name = ''] = /^user:(.+?)\/(.+)$/.exec(ref) ?? [];
  const memberOf = groups.map((group) => group.ref);
  return { apiVersion: API_VERSION, kind: 'User', metadata: { name, namespace }, spec: { memberOf } };
}

function newPerson(ref: string, { name, login, email }: Identity, groups: readonly ClaimedGroup[]): Person {
  const person = member(ref, groups);
  const displayName = clean(name ?? login ?? person.metadata.name);
  const profile = { displayName, ...(email === null ? {} : { email: clean(email) }) };
  return { ...person, spec: { profile, ...person.spec } };
}

function newGroup({ name, title }: ClaimedGroup): Entity {
  const spec = { type: 'team', profile: { displayName: title }, children: [] };
  return { apiVersion: API_VERSION, kind: 'Group', metadata: { name, namespace: DEFAULT_NAMESPACE }, spec };
}
