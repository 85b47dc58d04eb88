/** One team: its people, who is on call, what it owns and owes, what is asked of it. */
import { type Kysely, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { parseRef } from '#model/ref.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { Principal } from '../kernel/gate.ts';
import type { TeamPage } from './contract.ts';
import { debtOwnedBy } from './debt.ts';
import { type Group, readGroups } from './groups.ts';
import type { ObservedDeps } from './observed-on-call.ts';
import { noOnCall, onCallOf } from './on-call.ts';
import { partiesOf } from './parties.ts';
import { type RequestDeps, requestsOf } from './requests.ts';
import { holdings, owned } from './store.ts';

/** @throws {AtriumError} ENTITY_NOT_FOUND for a group that no source knows and nothing names as its owner. */
export async function teamPage(
  deps: RequestDeps & ObservedDeps,
  ref: string,
  by: Principal,
): Promise<TeamPage> {
  const { db } = deps;
  const group = (await readGroups(db, [ref])).get(ref);
  const holds = holdings(await owned(db, ref));
  if (!ref.startsWith('group:') || (!group && holds.owns === 0))
    throw new AtriumError('ENTITY_NOT_FOUND', `There is no group ${ref}`);
  const [{ people, children, parent }, debt, requests] = await Promise.all([
    readAround(db, ref),
    debtOwnedBy(deps, [ref]),
    requestsOf(db, ref, by),
  ]);
  const parties = await partiesOf(db, [ref, ...people, ...children]);
  const byTitle = (refs: string[]) =>
    refs.map(parties).sort((a, b) => a.title.localeCompare(b.title) || (a.ref < b.ref ? -1 : 1));
  return {
    team: {
      ref,
      name: group?.name ?? parseRef(ref).name,
      title: group && group.title !== group.name ? group.title : null,
      type: group?.type ?? null,
      parent,
      members: people.length,
      ...holds,
      exists: group !== undefined,
    },
    description: group?.description ?? null,
    email: group?.email ?? null,
    links: linksOf(group),
    people: byTitle(people),
    children: byTitle(children),
    onCall: group ? await onCallOf(deps, group) : noOnCall(parties(ref)),
    debt,
    requests,
  };
}

function linksOf(group: Group | undefined): TeamPage['links'] {
  return (group?.links ?? []).map(({ url, title }) => ({ url, ...(title && { title }) }));
}

interface Around {
  people: string[];
  children: string[];
  parent: string | null;
}

/** Either end of a relation may have declared it. */
async function readAround(db: Kysely<CatalogTables>, ref: string): Promise<Around> {
  const { rows } = await sql<{ relation: string; other: string }>`
    select type as relation, to_ref as other from relation where from_ref = ${ref}
      and type in ('hasMember', 'parentOf', 'childOf')
    union select reverse, from_ref from relation where to_ref = ${ref}
      and reverse in ('hasMember', 'parentOf', 'childOf')
    order by 1, 2`.execute(db);
  const refs = (wanted: string) =>
    rows.filter(({ relation }) => relation === wanted).map(({ other }) => other);
  return { people: refs('hasMember'), children: refs('parentOf'), parent: refs('childOf')[0] ?? null };
}
