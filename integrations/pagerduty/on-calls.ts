/** Who is on call now, by schedule or by escalation policy. */
import { AtriumError } from '#model/errors.ts';
import { ask, NotThere, type PagerDutyDeps } from './client.ts';
import { type Entry, entryIn } from './entry.ts';

/** The most that PagerDuty gives: https://developer.pagerduty.com/docs/pagination */
const PAGE = 100;
const MOST_PAGES = 20;
/** So that an address stays well below what servers take. */
const IDS_AT_ONCE = 25;

export type PlanKind = 'schedule' | 'policy';

const parameterOf = { schedule: 'schedule_ids[]', policy: 'escalation_policy_ids[]' } as const;

export interface OnCalls {
  byId: Map<string, Entry[]>;
  /** Ids that PagerDuty refuses. */
  unknown: Set<string>;
}

/** @throws {AtriumError} when PagerDuty can't be asked, or answers with more than can be read. */
export async function onCallsOf(
  deps: PagerDutyDeps,
  kind: PlanKind,
  ids: readonly string[],
): Promise<OnCalls> {
  const found: OnCalls = { byId: new Map(), unknown: new Set() };
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE)
    await askInto(found, deps, kind, ids.slice(from, from + IDS_AT_ONCE));
  return found;
}

/** Says whether PagerDuty can be reached. */
export async function probe(deps: PagerDutyDeps): Promise<void> {
  const answer = await ask(deps, '/oncalls', new URLSearchParams({ limit: '1' }));
  if (!Array.isArray(answer.oncalls)) throw notItsApi();
}

/** Where one id of several is refused, halves are asked, down to the one. */
async function askInto(
  found: OnCalls,
  deps: PagerDutyDeps,
  kind: PlanKind,
  ids: readonly string[],
): Promise<void> {
  const entries = await entriesOf(deps, kind, ids).catch((error: unknown) => {
    if (error instanceof NotThere) return undefined;
    throw error;
  });
  if (entries === undefined) {
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) found.unknown.add(only);
    if (ids.length <= 1) return;
    const middle = ids.length >> 1;
    await askInto(found, deps, kind, ids.slice(0, middle));
    await askInto(found, deps, kind, ids.slice(middle));
    return;
  }
  for (const entry of entries) {
    const id = kind === 'schedule' ? entry.scheduleId : entry.policyId;
    if (id === undefined) continue;
    const known = found.byId.get(id);
    if (known) known.push(entry);
    else found.byId.set(id, [entry]);
  }
}

async function entriesOf(deps: PagerDutyDeps, kind: PlanKind, ids: readonly string[]): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ 'include[]': 'users', time_zone: 'UTC' });
    for (const id of ids) query.append(parameterOf[kind], id);
    query.set('limit', String(PAGE));
    query.set('offset', String(page * PAGE));
    const { oncalls, more } = await ask(deps, '/oncalls', query);
    if (!Array.isArray(oncalls)) throw notItsApi();
    entries.push(...oncalls.flatMap((value: unknown) => entryIn(value) ?? []));
    if (more !== true) return entries;
  }
  throw new AtriumError(
    'SOURCE_UNREADABLE',
    `PagerDuty names more than ${MOST_PAGES * PAGE} people who are on call for ${ids.length} of its plans`,
  );
}

function notItsApi(): AtriumError {
  return new AtriumError('SOURCE_UNREADABLE', 'PagerDuty answered with something else than its API');
}
