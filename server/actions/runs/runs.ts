/** Runs as the rest of the server sees them. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { Plan } from '../contract.ts';
import type { StepAction, Values } from '../step-action.ts';
import { wakeRun } from './end-run.ts';
import { answerStep, cancelRun, retryRun, rollBackRun } from './manage-run.ts';
import { type PlanDeps, type PlanOptions, planRun } from './plan-run.ts';
import type { ChildRun } from './run-action.ts';
import { type ReaderDeps, RunReader } from './run-reader.ts';
import { type CheckedStart, checkStart, type StartDeps, type StartRequest, startRun } from './start-run.ts';
import type { RunTables } from './tables.ts';
import { RunWorker, type WorkerDeps } from './worker.ts';

export interface RunsDeps extends StartDeps, WorkerDeps, ReaderDeps, PlanDeps {
  actions: ReadonlyMap<string, StepAction>;
}

/** Templates that run templates: deeper, and they are likely to run themselves. */
const DEEPEST = 8;
/** What runs leave in their folders, and how long a failed one can be retried. */
const KEPT_DAYS = 30;
const PURGE_MS = 6 * 3600 * 1000;

export class Runs {
  readonly reader: RunReader;
  readonly #deps: RunsDeps;
  readonly #worker: RunWorker;
  #purging: NodeJS.Timeout | undefined;

  constructor(deps: RunsDeps) {
    this.#deps = deps;
    this.reader = new RunReader(deps);
    this.#worker = new RunWorker(deps);
  }

  /** Takes runs up, from now on. */
  async work(): Promise<void> {
    await this.#worker.start();
    this.#purging = setInterval(() => void this.#purge().catch(() => undefined), PURGE_MS);
    this.#purging.unref();
  }

  /** Gives back what it is at: another process, or the next start, goes on with it. */
  async close(): Promise<void> {
    clearInterval(this.#purging);
    await this.#worker.close();
    this.#deps.renderer.close();
  }

  /** @throws {AtriumError} as startRun does. */
  start(request: Omit<StartRequest, 'parent'>): Promise<string> {
    const { key } = request;
    return startRun(this.#deps, { ...request, ...(key === undefined ? {} : { key: `key:${key}` }) });
  }

  /** @throws {AtriumError} as checkStart does. */
  async plan(request: Omit<StartRequest, 'parent' | 'key'>, stop: AbortSignal): Promise<Plan> {
    return this.planOf(await checkStart(this.#deps, request), { stop });
  }

  /** Of a template that need not be in the catalog. */
  async planOf(checked: CheckedStart, options: PlanOptions): Promise<Plan> {
    const refusals = await this.#deps.guards.refusals(this.#deps.db, checked);
    return planRun(this.#deps, checked, refusals, options);
  }

  /** Has a run look again at what it waits for. */
  async wake(run: string): Promise<void> {
    await this.#deps.queue.ready();
    await this.#deps.db.transaction().execute((tx) => this.wakeWithin(tx, run));
    this.look();
  }

  /** In a transaction that changes what the run waits for; `ready` before it, `look` once it is committed. */
  wakeWithin(tx: Transaction<RunTables>, run: string): Promise<void> {
    return wakeRun(tx, this.#deps.queue, run);
  }

  ready(): Promise<void> {
    return this.#deps.queue.ready();
  }

  look(): void {
    this.#deps.queue.look();
  }

  /** See manage-run.ts for what each may throw. */
  cancel(id: string, by: string): Promise<void> {
    return cancelRun(this.#deps, id, by);
  }

  retry(id: string, by: string, secrets: Record<string, string> = {}): Promise<void> {
    return retryRun(this.#deps, id, by, secrets);
  }

  rollBack(id: string, by: string): Promise<void> {
    return rollBackRun(this.#deps, id, by);
  }

  answer(
    id: string,
    answer: { step: string; answer: 'done' | 'again'; output: Values },
    by: string,
  ): Promise<void> {
    return answerStep(this.#deps, id, answer, by);
  }

  /** Failed and cancelled runs keep their workspace, so that they can be retried; not for ever. */
  async #purge(): Promise<void> {
    const before = new Date(this.#deps.now().getTime() - KEPT_DAYS * 24 * 3600 * 1000);
    await this.#deps.db.transaction().execute(async (tx) => {
      await sql`delete from run_file where run in
        (select id from run where ended_at < ${before} and workspace is not null)`.execute(tx);
      await sql`update run set workspace = null where ended_at < ${before} and workspace is not null`.execute(
        tx,
      );
    });
  }
}

/** Runs as steps of runs: see run-action.ts. */
export function childRuns(deps: () => StartDeps & { db: Kysely<RunTables> }, runs: () => Runs) {
  return {
    async start({
      parent,
      key,
      ...request
    }: Omit<StartRequest, 'starter'> & { parent: string; key: string }) {
      await refuseTooDeep(deps().db, parent);
      const { starter } = await runs().reader.row(parent);
      return startRun(deps(), { ...request, starter, parent, key: `step:${key}` });
    },
    async read(id: string): Promise<ChildRun> {
      const { template_title: title, state, error, output } = await runs().reader.row(id);
      return { id, title, state, error, output: output?.values ?? {} };
    },
    async ofKey(parent: string, key: string) {
      const row = await deps()
        .db.selectFrom('run')
        .select('id')
        .where('parent', '=', parent)
        .where('key', '=', `step:${key}`)
        .executeTakeFirst();
      return row?.id;
    },
    rollBack: (id: string) => runs().rollBack(id, 'The run of which it is a step'),
    titleOf: async (template: string) => (await deps().startable(template)).title,
  };
}

async function refuseTooDeep(db: Kysely<RunTables>, parent: string): Promise<void> {
  const { rows } = await sql<{ depth: number }>`
    with recursive above(id, parent) as (
      select id, parent from run where id = ${parent}
      union all select run.id, run.parent from run join above on run.id = above.parent)
    select count(*)::int as depth from above`.execute(db);
  if ((rows[0]?.depth ?? 0) < DEEPEST) return;
  throw new AtriumError('STEP_FAILED', `Templates may run each other ${DEEPEST} levels deep`);
}
