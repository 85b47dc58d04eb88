/** What people do with runs that are there: cancel, retry, roll back, answer. */
import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { endedStates } from '#model/run-states.ts';
import { asksForFailure } from '../expressions/index.ts';
import type { Values } from '../step-action.ts';
import { enqueue } from './end-run.ts';
import type { RunNews } from './news.ts';
import type { RunQueue } from './queue.ts';
import type { RunRow, StepRow } from './run-write.ts';
import type { Seal } from './seal.ts';
import type { RunState, RunTables, StepState } from './tables.ts';

export interface ManageDeps {
  db: Kysely<RunTables>;
  queue: RunQueue;
  news: RunNews;
  seal: Seal;
  now: () => Date;
}

/** Who does it, as the audit and the log of the run name them. */
export type By = string;

/** May be said again of a run that is being cancelled. @throws {AtriumError} RUN_NOT_FOUND, RUN_STATE_CONFLICT */
export async function cancelRun(deps: ManageDeps, id: string, by: By): Promise<void> {
  await changing(deps, id, async (tx, run) => {
    if (isEnded(run) || run.doing === 'undo') throw conflict(run, 'be cancelled');
    await cancelWithin(tx, deps, run, by);
  });
}

async function cancelWithin(
  tx: Transaction<RunTables>,
  deps: ManageDeps,
  run: RunRow,
  by: By,
): Promise<void> {
  if (run.cancel_by !== null) return;
  await tx.updateTable('run').set({ cancel_by: by }).where('id', '=', run.id).execute();
  await tell(tx, deps, run.id, `${by} cancelled it`, 'cancelling');
  // Whoever holds a run that is running hears of it; the others have to be taken up for it.
  if (run.state !== 'running') await enqueue(tx, deps.queue, run.id);
  const children = await tx
    .selectFrom('run')
    .selectAll()
    .where('parent', '=', run.id)
    .where('state', 'not in', endedStates)
    .where('doing', '=', 'steps')
    .forUpdate()
    .execute();
  for (const child of children) await cancelWithin(tx, deps, child, by);
}

/**
 * Goes on from the step that failed; what is done is not done again.
 * @param secrets anew: they were deleted when the run ended.
 * @throws {AtriumError} RUN_NOT_FOUND, RUN_STATE_CONFLICT, INPUT_INVALID
 */
export async function retryRun(
  deps: ManageDeps,
  id: string,
  by: By,
  secrets: Record<string, string>,
): Promise<void> {
  await changing(deps, id, async (tx, run) => {
    if (run.state !== 'failed' && run.state !== 'cancelled') throw conflict(run, 'be retried');
    const missing = run.secret_names.filter((name) => !Object.hasOwn(secrets, name));
    if (run.doing === 'steps' && missing.length > 0) {
      throw new AtriumError('INPUT_INVALID', `The run needs its secrets again: ${missing.join(', ')}`);
    }
    const sealed = run.secret_names.length > 0 ? deps.seal.sealJson(secrets, id) : null;
    if (run.doing === 'steps') await resetSteps(tx, run);
    const again = run.doing === 'steps' ? { secrets: sealed } : {};
    await restart(tx, deps, run, again);
    await tell(tx, deps, id, `${by} had it tried again`, 'queued');
  });
}

/** Of the steps from the first that failed on: those that are to be run, by what became of them. */
async function resetSteps(tx: Transaction<RunTables>, run: RunRow): Promise<void> {
  const rows = await stepsOf(tx, run.id);
  const failed = rows.filter(
    ({ round, state }) => round === 0 && (state === 'failed' || state === 'cancelled'),
  );
  const first = Math.min(...failed.map(({ position }) => position));
  for (const row of rows) {
    const step = run.steps[row.position];
    // What cleaned up after the failure will have to do so again, and that is then another deed.
    const isCleanUp = row.position > first && row.state === 'done' && asksForFailure(step?.if);
    if (row.position < first || (row.state === 'done' && !isCleanUp)) continue;
    const goesOn = row.round === 0 && step?.each !== undefined && hasRounds(rows, row.position);
    // Of a cancelled step with an error it is not known whether it had been done: that comes first.
    const isUnknown = row.state === 'cancelled' && row.error !== null;
    await tx
      .updateTable('run_step')
      .set((eb) => ({
        ...untouched,
        state: goesOn || isUnknown ? 'running' : 'pending',
        ...(isCleanUp ? { pass: eb('pass', '+', 1) } : {}),
      }))
      .where('run', '=', run.id)
      .where('position', '=', row.position)
      .where('round', '=', row.round)
      .execute();
  }
}

const untouched = {
  attempts: 0,
  crashes: 0,
  input: null,
  output: null,
  sealed: null,
  error: null,
  note: null,
  began_at: null,
  ended_at: null,
  until: null,
};

function hasRounds(rows: readonly StepRow[], position: number): boolean {
  return rows.some((row) => row.position === position && row.round > 0);
}

/**
 * Takes back what the run made; said again after it failed, it goes on where it failed.
 * @throws {AtriumError} RUN_NOT_FOUND, RUN_STATE_CONFLICT
 */
export async function rollBackRun(deps: ManageDeps, id: string, by: By): Promise<void> {
  await changing(deps, id, (tx, run) => rollBackWithin(tx, deps, run, by));
}

export async function rollBackWithin(
  tx: Transaction<RunTables>,
  deps: ManageDeps,
  run: RunRow,
  by: By,
): Promise<void> {
  if (!isEnded(run) || run.state === 'rolled-back') throw conflict(run, 'be rolled back');
  await restart(tx, deps, run, { doing: 'undo' });
  await tell(tx, deps, run.id, `${by} had it rolled back`, 'queued');
}

/**
 * Says of a step that may have run half whether it had been done.
 * @throws {AtriumError} RUN_NOT_FOUND, RUN_STATE_CONFLICT
 */
export async function answerStep(
  deps: ManageDeps,
  id: string,
  { step, answer, output }: { step: string; answer: 'done' | 'again'; output: Values },
  by: By,
): Promise<void> {
  await changing(deps, id, async (tx, run) => {
    const asking = (await stepsOf(tx, id)).find((row) => row.state === 'asking');
    const asked = asking && run.steps[asking.position];
    if (run.state !== 'asking' || !asking || asked?.id !== step)
      throw conflict(run, `be answered for ${step}`);
    const state: StepState = answer === 'done' ? 'done' : 'pending';
    await tx
      .updateTable('run_step')
      .set({
        state,
        note: null,
        crashes: 0,
        ...(answer === 'done' ? { output: JSON.stringify(output), ended_at: deps.now() } : {}),
      })
      .where('run', '=', id)
      .where('position', '=', asking.position)
      .where('round', '=', asking.round)
      .execute();
    const said = answer === 'done' ? 'had been done' : 'had not been done, and is to be tried again';
    await tell(tx, deps, id, `${by} said that ${asked.name} ${said}`, 'queued', step);
    await enqueue(tx, deps.queue, id);
  });
}

async function restart(
  tx: Transaction<RunTables>,
  { queue }: ManageDeps,
  run: RunRow,
  change: { doing?: 'undo'; secrets?: Buffer | null },
): Promise<void> {
  await tx
    .updateTable('run')
    .set({ ended_at: null, error: null, cancel_by: null, ...change })
    .where('id', '=', run.id)
    .execute();
  await enqueue(tx, queue, run.id);
}

/** Nobody else changes the run meanwhile; whoever follows it, or holds it, is told afterwards. */
async function changing(
  { db, queue, news }: ManageDeps,
  id: string,
  work: (tx: Transaction<RunTables>, run: RunRow) => Promise<void>,
): Promise<void> {
  await queue.ready();
  await db.transaction().execute(async (tx) => {
    const run = await tx.selectFrom('run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!run) throw new AtriumError('RUN_NOT_FOUND', `There is no run ${id}`);
    await work(tx, run);
  });
  queue.look();
  news.publish(id);
}

async function tell(
  tx: Transaction<RunTables>,
  { news, now }: ManageDeps,
  id: string,
  message: string,
  state: string,
  step: string | null = null,
): Promise<void> {
  await sql`with numbered as (
      update run set event_count = event_count + 1 where id = ${id} returning event_count),
    told as (insert into run_event (run, id, at, step, kind, level, message, state)
      select ${id}::uuid, event_count, ${now()}::timestamptz, ${step}, ${step ? 'step' : 'run'}, 'info',
        ${message}, ${state} from numbered)
    select ${news.notify(id)}`.execute(tx);
}

async function stepsOf(db: Kysely<RunTables>, run: string): Promise<StepRow[]> {
  const rows = await db
    .selectFrom('run_step')
    .selectAll()
    .where('run', '=', run)
    .orderBy('position')
    .orderBy('round')
    .execute();
  return rows.map(({ run: _run, ...row }) => row);
}

export function isEnded({ state }: { state: RunState }): boolean {
  return endedStates.includes(state);
}

function conflict({ state }: RunRow, what: string): AtriumError {
  return new AtriumError('RUN_STATE_CONFLICT', `A run that is ${state} can’t ${what}`);
}
