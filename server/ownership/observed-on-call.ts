/** Who is on call as outside systems say: facts that are fresh, of turns that are not over. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { ON_CALL_FACT } from '#model/on-call-fact.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { FactStore } from '../facts/index.ts';
import type { ObservedOnCall, Party } from './contract.ts';
import { unknownParty } from './parties.ts';

export interface ObservedDeps {
  db: Kysely<CatalogTables>;
  facts: Pick<FactStore, 'freshAs'>;
  now: () => Date;
}

const link = z.url({ protocol: /^https?$/ }).optional();
const personSchema = z.object({
  name: z.string(),
  email: z.string().optional(),
  link,
  level: z.number().int(),
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  plan: z.object({ kind: z.enum(['schedule', 'escalation policy']), name: z.string(), link }),
});
const factSchema = z.object({ system: z.string(), people: z.array(personSchema) });
type Fact = z.infer<typeof factSchema>;

/** @param refs of entities. @returns by ref, only where somebody is on call now. */
export async function observedOnCalls(
  { db, facts, now }: ObservedDeps,
  refs: readonly string[],
): Promise<Map<string, ObservedOnCall>> {
  const at = now().getTime();
  const current = (await facts.freshAs(ON_CALL_FACT, refs)).flatMap(({ ref, value }) => {
    const { data } = factSchema.safeParse(value);
    const people = (data?.people ?? []).filter(({ until }) => until === undefined || Date.parse(until) > at);
    return data && people.length > 0 ? [{ ref, system: data.system, people }] : [];
  });
  const partyOf = await partiesByMail(
    db,
    current.flatMap(({ people }) => people),
  );
  return new Map(
    current.map(({ ref, system, people }) => [
      ref,
      {
        system,
        people: people.map((person) => ({
          person: partyOf(person),
          from: person.since ?? null,
          until: person.until ?? null,
          link: person.link ?? null,
          level: person.level,
          plan: { ...person.plan, link: person.plan.link ?? null },
        })),
      },
    ]),
  );
}

/** Those who are asked first of all. */
export function firstAsked({ people }: ObservedOnCall): ObservedOnCall['people'] {
  return people.filter(({ level }) => level === people[0]?.level);
}

type Person = Fact['people'][number];

/** The user with the same address; a person of whom the catalog knows none or several is told by name and address. */
async function partiesByMail(
  db: Kysely<CatalogTables>,
  people: readonly Person[],
): Promise<(person: Person) => Party> {
  const mails = [...new Set(people.flatMap(({ email }) => email?.toLowerCase() ?? []))];
  const users = mails.length === 0 ? [] : await usersWithMail(db, mails);
  const byMail = Map.groupBy(users, ({ email }) => email?.toLowerCase());
  return ({ name, email }) => {
    const [user, other] = (email && byMail.get(email.toLowerCase())) || [];
    if (user && !other) return user;
    return { ...unknownParty(email ?? name, name), email: email ?? null };
  };
}

async function usersWithMail(db: Kysely<CatalogTables>, mails: readonly string[]): Promise<Party[]> {
  const terms = mails.map((mail) => `spec.profile.email=${mail}`);
  const { rows } = await sql<Party>`
    select ref, coalesce(title, name) as title, true as "exists", body #>> '{spec,profile,email}' as email
    from entity where kind = 'user' and terms && ${terms}::text[]`.execute(db);
  return rows;
}
