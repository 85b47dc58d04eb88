/** Runs over a real store and queue, with step actions that the test makes, and an outside that counts. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { readTemplate } from '#model/read-template.ts';
import { canonicalRef } from '#model/ref.ts';
import { endedStates } from '#model/run-states.ts';
import type { Template } from '#model/template.ts';
import { createLog } from '#server/kernel/log.ts';
import type { Store } from '#server/kernel/store/store.ts';
import type { Run } from '../contract.ts';
import { createRenderer } from '../expressions/index.ts';
import type { OutsideAction, StepAction, Values, WorkspaceAction } from '../step-action.ts';
import { noGuards, type RunGuards } from './guards.ts';
import { RunNews } from './news.ts';
import { RunQueue } from './queue.ts';
import { runAction } from './run-action.ts';
import { childRuns, Runs } from './runs.ts';
import { Seal } from './seal.ts';
import type { RunTables, Starter } from './tables.ts';

export const ada: Starter = { id: 'user:default/ada', ref: 'user:default/ada', name: 'Ada', groups: [] };
const anything = { type: 'object' };

/** A template with these steps, and whatever else its spec holds. */
export function templateEntity(name: string, steps: unknown[], spec: Values = {}): Entity {
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name, namespace: 'default', title: name },
    spec: { type: 'service', steps, ...spec },
  };
}

export const workspaceAction = (id: string, run: WorkspaceAction['run']): WorkspaceAction => ({
  id,
  description: id,
  effect: 'workspace',
  input: anything,
  output: anything,
  run,
});

export const outsideAction = (
  id: string,
  run: OutsideAction['run'],
  more: Partial<OutsideAction> = {},
): OutsideAction => ({
  id,
  description: id,
  effect: 'outside',
  input: anything,
  output: anything,
  plan: async ({ input }) => ({ calls: [{ summary: id, target: null, detail: input }], output: {} }),
  run,
  ...more,
});

export interface TestRunsOptions {
  templates?: Entity[];
  actions?: StepAction[];
  guards?: RunGuards;
  /** The same for processes that are to share runs. */
  seal?: Seal;
  concurrency?: number;
}

export type TestRuns = Awaited<ReturnType<typeof openTestRuns>>;

/** One process, as it were. It does not take runs up before `runs.work()`. */
export async function openTestRuns(store: Store<RunTables>, options: TestRunsOptions = {}) {
  const log = createLog('silent');
  const workDir = mkdtempSync(join(tmpdir(), 'atrium-runs-'));
  const templates = new Map<string, Template>();
  const actions = new Map<string, StepAction>();
  const queue = new RunQueue({ store, log });
  const news = new RunNews();
  await news.connect(store);
  const deps = {
    db: store.db,
    store,
    queue,
    news,
    log,
    actions,
    workDir,
    seal: options.seal ?? new Seal(randomBytes(32)),
    guards: options.guards ?? noGuards,
    now: () => new Date(),
    random: () => 0,
    concurrency: options.concurrency ?? 2,
    renderer: createRenderer(),
    startable: async (name: string) => {
      const ref = canonicalRef(name, { kind: 'template' });
      return templates.get(ref) ?? unknownTemplate(ref);
    },
    readEntities: async (refs: readonly string[]): Promise<(Entity | null)[]> => refs.map(() => null),
    actsOn: async () => true,
    parties: async () => new Map(),
  };
  const runs: Runs = new Runs(deps);
  const children = runAction(
    childRuns(
      () => deps,
      () => runs,
    ),
  );
  for (const action of [children, ...(options.actions ?? [])]) actions.set(action.id, action);
  const publish = (entity: Entity) => {
    const { template, problems } = readTemplate(entity);
    if (!template) throw new Error(JSON.stringify(problems));
    templates.set(template.ref, template);
  };
  for (const entity of options.templates ?? []) publish(entity);
  const read = async (id: string) => runs.reader.run(await runs.reader.row(id), true);
  return {
    runs,
    news,
    deps,
    publish,
    read,
    start: (
      name: string,
      values: Values = {},
      more: { secrets?: Record<string, string>; key?: string } = {},
    ) => runs.start({ template: `template:default/${name}`, values, secrets: {}, starter: ada, ...more }),
    /** The run, once it is so. */
    until: (id: string, wanted: (run: Run) => boolean) => until(news, () => read(id), id, wanted),
    async close() {
      await runs.close();
      await rm(workDir, { recursive: true, force: true });
    },
  };
}

function unknownTemplate(ref: string): never {
  throw new AtriumError('ENTITY_NOT_FOUND', `There is no template ${ref}`);
}

/** Other processes tell of it on PostgreSQL only, so it is looked at now and then as well. */
async function until(
  news: RunNews,
  read: () => Promise<Run>,
  id: string,
  wanted: (run: Run) => boolean,
): Promise<Run> {
  for (;;) {
    const changed = Promise.withResolvers<void>();
    const unfollow = news.onRun(id, changed.resolve);
    const timer = setTimeout(changed.resolve, 500);
    try {
      const run = await read();
      if (wanted(run)) return run;
      await changed.promise;
    } finally {
      unfollow();
      clearTimeout(timer);
    }
  }
}

/** An expression as templates write it. */
export const ex = (expression: string) => `\${{ ${expression} }}`;

export const hasEnded = ({ state }: Pick<Run, 'state'>) => endedStates.includes(state);
export const statesOf = ({ steps }: Pick<Run, 'steps'>) =>
  Object.fromEntries(steps.map(({ id, state }) => [id, state]));
