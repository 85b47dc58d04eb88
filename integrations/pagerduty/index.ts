/** Asks PagerDuty who is on call for entities that name a schedule, an escalation policy or a service there. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import type { FactReading } from '#model/fact.ts';
import type { Integration, SourceContext } from '#model/integration.ts';
import type { PagerDutyDeps } from './client.ts';
import { configSchema, type PagerDutyConfig } from './config.ts';
import { onCallDeclaration, onCallFact } from './fact.ts';
import { type OnCalls, onCallsOf, probe } from './on-calls.ts';
import { ServicePolicies } from './services.ts';
import { annotationNames, type Wanted, wantedBy } from './wanted.ts';

/** All that it says is one part: whoever is no longer on call is gone from it. */
const PART = 'on call';
const MOST_ENTITIES = 1000;

export const pagerduty: Integration<PagerDutyConfig> = {
  id: 'pagerduty',
  title: 'PagerDuty',
  configSchema,
  facts: [onCallDeclaration],
  create(config) {
    const services = new ServicePolicies();
    return {
      read: (context) => readOnCalls(config, services, context),
      async watch(context) {
        const { signal } = context;
        while (!signal.aborted) {
          await sleep(config.pollSeconds * 1000, undefined, { signal }).catch(() => undefined);
          if (!signal.aborted) await readOnCalls(config, services, context);
        }
      },
    };
  },
};

async function readOnCalls(
  config: PagerDutyConfig,
  services: ServicePolicies,
  context: SourceContext,
): Promise<string[]> {
  const { fetch, annotated, signal, apply, now } = context;
  if (!fetch || !annotated)
    throw new AtriumError('SOURCE_UNREADABLE', 'PagerDuty is asked by sources of the configuration alone');
  const deps = { config, fetch, signal };
  const all = (await annotated(annotationNames, MOST_ENTITIES + 1)).flatMap(wantedBy);
  const wanted = all.slice(0, MOST_ENTITIES);
  const problems: Problem[] = all.length > wanted.length ? [tooMany] : [];
  // Says that it can be reached, when there is nothing to be asked of it too.
  if (wanted.length === 0) await probe(deps);
  const { facts, missing } = await factsOf(deps, services, wanted, now());
  await apply([{ part: PART, contributions: [], facts, problems: [...problems, ...missing.map(notThere)] }]);
  return [PART];
}

async function factsOf(
  deps: PagerDutyDeps,
  services: ServicePolicies,
  wanted: readonly Wanted[],
  now: Date,
): Promise<{ facts: FactReading[]; missing: Wanted[] }> {
  const ids = (kind: Wanted['kind']) => [
    ...new Set(wanted.flatMap((one) => (one.kind === kind && one.id ? [one.id] : []))),
  ];
  const policyOf = await services.of(deps, ids('service'), now);
  const bySchedule = await onCallsOf(deps, 'schedule', ids('schedule'));
  const byPolicy = await onCallsOf(deps, 'policy', [...new Set([...ids('policy'), ...policyOf.values()])]);
  const facts: FactReading[] = [];
  const missing: Wanted[] = [];
  for (const one of wanted) {
    const { kind, id = '', ref } = one;
    const plan = kind === 'service' ? policyOf.get(id) : id;
    const said: OnCalls = kind === 'schedule' ? bySchedule : byPolicy;
    if (!plan || said.unknown.has(plan)) missing.push(one);
    const value = plan && onCallFact(said.byId.get(plan) ?? []);
    if (value) facts.push({ ref, name: onCallDeclaration.name, value });
  }
  return { facts, missing };
}

const words = { schedule: 'schedule', policy: 'escalation policy', service: 'service' } as const;

function notThere({ ref, kind, annotation, id }: Wanted): Problem {
  return {
    ...{ level: 'warning', ref, field: `metadata.annotations.${annotation}` },
    message: id
      ? `PagerDuty has no ${words[kind]} ${id}, or the token may not read it`
      : `${annotation} is no id of PagerDuty’s`,
    remedy: `Write the id as it stands at the end of the address of the ${words[kind]} in PagerDuty.`,
  };
}

const tooMany: Problem = {
  level: 'warning',
  message: `More than ${MOST_ENTITIES} entities name something of PagerDuty’s; only so many are asked for`,
  remedy: 'Name schedules on the teams, rather than services on all that they own.',
};
