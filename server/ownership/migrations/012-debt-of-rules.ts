import { type Kysely, sql } from 'kysely';

const statements = [
  'alter table debt add column scorecard text',
  'alter table debt add column rule text',
  `create unique index debt_of_rule on debt (entity, scorecard, rule) where scorecard is not null and state = 'open'`,
];

/** Which rule of which scorecard an item is from: it is owed once, and paid when the rule passes. */
export async function up(db: Kysely<never>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
