/** Who can be written to: the people behind refs of owners. */
import { type QueryExecutorProvider, sql } from 'kysely';

export interface Recipient {
  /** Of a person, or of a group that has a mailbox and nobody in it who has one. */
  ref: string;
  name: string;
  email: string;
  /** Itself, and the groups that it is in. */
  owners: string[];
}

const MOST_RECIPIENTS = 5000;

/**
 * People among these and in them who have an address; of a group in which nobody has one, its own.
 * @param db the store, which has the tables of the catalog.
 * @param owners refs of groups and people.
 */
export async function recipientsOf(
  db: QueryExecutorProvider,
  owners: readonly string[],
): Promise<Recipient[]> {
  const member = sql`(select from_ref as person, to_ref as team from relation where type = 'memberOf'
    union select to_ref, from_ref from relation where reverse = 'memberOf')`;
  const { rows } = await sql<Recipient>`
    with member as ${member},
    asked as (select person, team from member where team = any(${[...owners]}::text[])),
    reached as (select distinct ref from entity
      where kind = 'user' and body #>> '{spec,profile,email}' <> ''
        and (ref in (select person from asked) or ref = any(${[...owners]}::text[]))),
    mailbox as (select ref from entity
      where kind = 'group' and ref = any(${[...owners]}::text[]) and body #>> '{spec,profile,email}' <> ''
        and not exists (select from asked join reached on reached.ref = asked.person where asked.team = entity.ref))
    select ref, coalesce(title, name) as name, body #>> '{spec,profile,email}' as email,
      array(select entity.ref union select team from member where person = entity.ref) as owners
    from entity where ref in (select ref from reached union select ref from mailbox)
    order by ref limit ${MOST_RECIPIENTS}`.execute(db);
  return rows;
}
