/** What steps and their undo have in common. */
import type { StepContext } from '../step-action.ts';
import type { HeldRun } from './held-run.ts';
import type { RunQueue } from './queue.ts';
import type { RunFacts } from './run-context.ts';
import type { RunChange, StepRow } from './run-write.ts';
import type { WorkspaceKeeper } from './workspace-keeper.ts';

export function stepContext(
  held: HeldRun,
  keeper: WorkspaceKeeper,
  { user, template, entity }: RunFacts,
  row: StepRow,
  signal: AbortSignal,
): StepContext {
  return {
    input: held.inputOf(row) ?? {},
    get workspace() {
      return keeper.folder;
    },
    key: held.keyOf(row),
    runId: held.id,
    user,
    template,
    entity,
    log: {
      info: (message) => held.log(row, 'info', message),
      warn: (message) => held.log(row, 'warn', message),
    },
    signal,
  };
}

/**
 * Gives the run out of the hand until it is woken, or until a time.
 * @returns false when somebody wanted since that it looks again, or stops.
 */
export async function parkRun(
  { queue, now }: { queue: RunQueue; now: () => Date },
  held: HeldRun,
  state: 'waiting' | 'asking',
  until: Date | null,
  wokenSince: number,
): Promise<boolean> {
  const next = { run: held.id, turn: held.row.turn + 1 };
  const change: RunChange = { state, claim: null, turn: next.turn };
  const parked = await held.save(change, {
    unless: { wokenSince },
    ...(until ? { alongside: (tx) => queue.send(tx, next, until) } : {}),
  });
  if (parked && until) queue.lookAt(until, now());
  return parked;
}
