/** What stands between a wish and its run, and what follows from it. */
import type { Kysely, Transaction } from 'kysely';
import type { Template, TemplateStep } from '#model/template.ts';
import { wakeRun } from '../runs/end-run.ts';
import type { RunGuards } from '../runs/guards.ts';
import type { RunQueue } from '../runs/queue.ts';
import { APPROVAL } from './approval-input.ts';
import { followRun } from './leases.ts';
import { type LevelOf, refusalsOf } from './refusals.ts';
import type { GuardedTables } from './tables.ts';
import { leavePlaces, TURN } from './turns.ts';
import { WINDOW } from './window-action.ts';

export interface GuardsDeps {
  queue: RunQueue;
  now: () => Date;
  levelOf: LevelOf;
}

export function createGuards({ queue, now, levelOf }: GuardsDeps): RunGuards {
  return {
    stepsOf,
    refusals: (db, wanted) =>
      refusalsOf(db as unknown as Kysely<GuardedTables>, wanted, { now: now(), levelOf }),
    follows: ({ template_body: { spec }, steps }) =>
      spec?.atrium !== undefined || steps.some(({ action }) => action === APPROVAL),
    async ended(runs, id) {
      const tx = runs as unknown as Transaction<GuardedTables>;
      const run = await tx.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      await withdraw(tx, id);
      await followRun(tx, run, now());
      for (const waiting of await leavePlaces(tx, id)) await wakeRun(runs, queue, waiting);
    },
  };
}

async function withdraw(tx: Transaction<GuardedTables>, run: string): Promise<void> {
  await tx
    .updateTable('approval')
    .set({ state: 'withdrawn', answered: true })
    .where('run', '=', run)
    .where('state', '=', 'open')
    .execute();
}

/** The steps of a template, with what its guard rails have happen between them. */
export function stepsOf({ steps, guardRails }: Template): TemplateStep[] {
  const { approvals, windows, concurrency } = guardRails;
  const asks = approvals.map(
    ({ step: before, ...rule }, index): { before: string | undefined; step: TemplateStep } => ({
      before,
      step: {
        id: index === 0 ? 'guard-approval' : `guard-approval-${index + 1}`,
        name: 'Approval',
        action: APPROVAL,
        input: { ...rule, parameters: expression('parameters') },
      },
    }),
  );
  const first = asks.filter(({ before }) => before === undefined).map(({ step }) => step);
  const window: TemplateStep[] =
    windows.length > 0 && asks.length > 0
      ? [{ id: 'guard-window', name: 'Its hours', action: WINDOW, input: { windows } }]
      : [];
  const turn: TemplateStep[] = concurrency
    ? [{ id: 'guard-turn', name: 'Its turn', action: TURN, input: { ...concurrency } }]
    : [];
  const own = steps.flatMap((step) => [
    ...asks.filter(({ before }) => before === step.id).map(({ step: ask }) => ask),
    step,
  ]);
  return [...first, ...window, ...turn, ...own];
}

function expression(code: string): string {
  return ['$', `{{ ${code} }}`].join('');
}
