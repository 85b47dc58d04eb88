/** The end of a run: its secrets go, and whoever waits for it is told. */
import type { Kysely, Transaction } from 'kysely';
import type { RunGuards } from './guards.ts';
import type { HeldRun } from './held-run.ts';
import type { RunQueue } from './queue.ts';
import type { RunChange } from './run-write.ts';
import type { RunState, RunTables } from './tables.ts';

export interface EndDeps {
  queue: RunQueue;
  guards: RunGuards;
  now: () => Date;
}

const words: Partial<Record<RunState, string>> = {
  succeeded: 'The run succeeded',
  failed: 'The run failed',
  cancelled: 'The run was cancelled',
  'rolled-back': 'What the run had made was taken back',
};
/** After these there is nothing to go on with. */
const final: readonly RunState[] = ['succeeded', 'rolled-back'];

export async function endRun(
  { queue, guards, now }: EndDeps,
  held: HeldRun,
  state: RunState,
  change: RunChange,
): Promise<void> {
  const { id, row } = held;
  const { error } = change;
  held.tell({
    step: null,
    kind: 'run',
    level: state === 'failed' ? 'error' : 'info',
    message: error ? `${words[state]}: ${error}` : (words[state] ?? state),
    state,
  });
  const isFinal = final.includes(state);
  const dropsFiles = isFinal && row.workspace !== null;
  const { parent } = row;
  const isFollowed = guards.follows(row);
  const ended: RunChange = {
    ...change,
    state,
    claim: null,
    secrets: null,
    at_step: null,
    ended_at: now(),
    ...(isFinal ? { workspace: null } : {}),
  };
  const alongside = async (tx: Transaction<RunTables>) => {
    if (row.secret_names.length > 0) await dropSealed(tx, id);
    if (dropsFiles) await tx.deleteFrom('run_file').where('run', '=', id).execute();
    if (parent) await wakeRun(tx, queue, parent);
    if (isFollowed) await guards.ended(tx, id);
  };
  const hasMore = row.secret_names.length > 0 || dropsFiles || parent !== null || isFollowed;
  await held.save(ended, hasMore ? { alongside } : {});
  // Whoever waited for it may be in the queue again.
  if (parent || isFollowed) queue.look();
}

async function dropSealed(db: Kysely<RunTables>, run: string): Promise<void> {
  await db
    .updateTable('run_step')
    .set({ sealed: null })
    .where('run', '=', run)
    .where('sealed', 'is not', null)
    .execute();
}

/**
 * Has a run look again at what it waits for. `look` at the queue afterwards, once it is committed.
 * A run that is just about to wait does not: see RunWriter.
 */
export async function wakeRun(tx: Transaction<RunTables>, queue: RunQueue, run: string): Promise<void> {
  const woken = await tx
    .updateTable('run')
    .set((eb) => ({ wakes: eb('wakes', '+', 1) }))
    .where('id', '=', run)
    .returning(['state'])
    .executeTakeFirst();
  if (woken?.state !== 'waiting') return;
  await enqueue(tx, queue, run);
}

/** The run is in the queue again, and every turn before does not count any more. */
export async function enqueue(tx: Transaction<RunTables>, queue: RunQueue, run: string): Promise<void> {
  const { turn } = await tx
    .updateTable('run')
    .set((eb) => ({ state: 'queued', turn: eb('turn', '+', 1), claim: null }))
    .where('id', '=', run)
    .returning(['turn'])
    .executeTakeFirstOrThrow();
  await queue.send(tx, { run, turn });
}
