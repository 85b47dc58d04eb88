/** `guard:turn`: of runs that want the same target, only so many are at it at a time; the others wait their turn. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { concurrencySchema } from '#model/guard-rails.ts';
import type { OutsideAction } from '../step-action.ts';
import { defineOutside } from '../steps/outside-step.ts';
import type { GuardedTables } from './tables.ts';

export const TURN = 'guard:turn';

export function turnAction(db: Kysely<GuardedTables>): OutsideAction[] {
  return defineOutside({
    id: TURN,
    description: 'Waits until few enough runs are at the same target.',
    input: concurrencySchema,
    plan: () => ({ calls: [], output: {} }),
    async run({ key: target, limit }, { runId }) {
      const before = await takePlace(db, target, runId);
      if (before < limit) return { output: {} };
      const others = before === 1 ? 'another run is' : `${before} other runs are`;
      return { wait: `Waits its turn: ${others} at ${target}`, until: null };
    },
    settle: async () => 'not-done',
  });
}

/** @returns how many stand before it. */
async function takePlace(db: Kysely<GuardedTables>, target: string, run: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`turn:${target}`}, 0))`.execute(tx);
    await tx
      .insertInto('run_slot')
      .values({ target, run })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { rows } = await sql<{ before: number }>`
      select count(*)::int as before from run_slot other, run_slot own
      where own.target = ${target} and own.run = ${run} and other.target = own.target
        and other.place < own.place`.execute(tx);
    return rows[0]?.before ?? 0;
  });
}

/** @returns the runs that may have been waiting for it. */
export async function leavePlaces(tx: Transaction<GuardedTables>, run: string): Promise<string[]> {
  const { rows } = await sql<{ run: string }>`
    with left_places as (delete from run_slot where run = ${run} returning target)
    select distinct other.run from run_slot other join left_places using (target) where other.run <> ${run}`.execute(
    tx,
  );
  return rows.map(({ run: other }) => other);
}
