/** Asks Prometheus what is left of the error budgets that OpenSLO documents promise. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import type { FactDeclaration, FactReading } from '#model/fact.ts';
import type { Integration, SourceContext } from '#model/integration.ts';
import { type Budget, budgetOf } from './budget.ts';
import { type PrometheusDeps, QueryRefused } from './client.ts';
import { configSchema, type PrometheusConfig } from './config.ts';
import { type Objective, type Promised, promisesIn } from './objectives.ts';

export type { PrometheusConfig } from './config.ts';

/** All that it says is one part: what is gone from the documents is gone from it. */
const PART = 'error budgets';
const SLO = 'slo';
const MOST_ENTITIES = 500;
/** Asked at the same time. */
const AT_ONCE = 4;

const share = (description: string) => ({ type: 'number', description }) as const;

const errorBudget: FactDeclaration = {
  name: 'errorBudget',
  title: 'Error budget',
  description:
    'What is left of the budgets of its objectives, as Prometheus counts it over their windows. Of several the one with the least left.',
  schema: {
    type: 'object',
    required: ['remaining', 'objective', 'target', 'window', 'indicator', 'objectives'],
    properties: {
      remaining: share('Share of the budget: 1 is all of it, 0 none, below 0 it is overdrawn'),
      objective: { type: 'string', description: 'Name of the objective with the least left' },
      target: share('What that one promises, from 0 to 1'),
      window: { type: 'string', description: 'As written: `28d`' },
      indicator: share('What it came to in the window, from 0 to 1'),
      objectives: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name', 'target', 'window', 'indicator', 'remaining'],
          properties: {
            name: { type: 'string' },
            target: { type: 'number' },
            window: { type: 'string' },
            indicator: { type: 'number' },
            remaining: { type: 'number' },
          },
        },
      },
    },
  },
};

export const prometheus: Integration<PrometheusConfig> = {
  id: 'prometheus',
  title: 'Prometheus',
  configSchema,
  facts: [errorBudget],
  create(config) {
    return {
      read: (context) => readBudgets(config, context),
      async watch(context) {
        const { signal } = context;
        while (!signal.aborted) {
          await sleep(config.pollSeconds * 1000, undefined, { signal }).catch(() => undefined);
          if (!signal.aborted) await readBudgets(config, context);
        }
      },
    };
  },
};

async function readBudgets(config: PrometheusConfig, context: SourceContext): Promise<string[]> {
  const { fetch, observed, signal, apply, progress } = context;
  if (!fetch || !observed)
    throw new AtriumError('SOURCE_UNREADABLE', 'Prometheus is asked by sources of the configuration alone');
  const promised = promisesIn(await observed(SLO)).slice(0, MOST_ENTITIES);
  const deps = { config, fetch, signal };
  // Says that it can be reached, when there is nothing to be asked of it too.
  if (promised.length === 0) await budgetOf(deps, probe).catch(unlessRefused);
  const facts: FactReading[] = [];
  const problems: Problem[] = [];
  const waiting = promised.entries();
  const work = async () => {
    for (const [index, one] of waiting) {
      progress({ done: index, total: promised.length, current: one.ref });
      const said = await budgetsOf(deps, one);
      problems.push(...said.problems);
      if (said.fact) facts.push(said.fact);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await apply([{ part: PART, contributions: [], facts, problems }]);
  return [PART];
}

const probe: Objective = {
  ...{ name: 'up', target: 0, window: '1m' },
  measure: { raw: 'vector(1)', failure: false, counter: false },
};

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof QueryRefused)) throw error;
}

async function budgetsOf(deps: PrometheusDeps, { ref, place, objectives }: Promised) {
  const budgets: Budget[] = [];
  const problems: Problem[] = [];
  for (const objective of objectives) {
    try {
      budgets.push(await budgetOf(deps, objective));
    } catch (error) {
      if (!(error instanceof QueryRefused)) throw error;
      problems.push({
        ...{ level: 'warning', ref },
        message: `The error budget of ${objective.name} can’t be counted: ${error.message}`,
        remedy:
          'Mend the query or the window in the OpenSLO document, or have Prometheus collect what it asks for.',
        ...(place?.path !== undefined && { path: place.path }),
      });
    }
  }
  const [worst] = budgets.toSorted((a, b) => a.remaining - b.remaining);
  const fact = worst && {
    ...{ ref, name: errorBudget.name, value: factOf(worst, budgets) },
    ...(place && { place }),
  };
  return { problems, fact };
}

function factOf({ name, ...worst }: Budget, objectives: Budget[]) {
  return { objective: name, ...worst, objectives };
}
