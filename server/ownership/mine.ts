/** What concerns whoever asks, most urgent first. */
import { type Kysely, sql } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';
import type { Principal } from '../kernel/gate.ts';
import type { Mine } from './contract.ts';
import { debtOwnedBy } from './debt.ts';
import { allGroups, groupsWithRotation, readGroups } from './groups.ts';
import { firstAsked, type ObservedDeps, observedOnCalls } from './observed-on-call.ts';
import { shiftNow } from './on-call.ts';
import { partiesOf } from './parties.ts';
import { answerRequests, listRequests, type RequestDeps } from './requests.ts';

const MOST_OWNED = 50;
const MOST_DECIDED = 5;

type MineDeps = RequestDeps & ObservedDeps;

export async function mineOf(deps: MineDeps, by: Principal): Promise<Mine> {
  const { db } = deps;
  const owners = [...by.groups, ...(by.ref ? [by.ref] : [])];
  const [parties, onCall, owned, debts, open, decided] = await Promise.all([
    partiesOf(db, by.groups),
    onCallNow(deps, by),
    ownedBy(db, owners),
    debtOwnedBy(deps, owners),
    listRequests(deps, { state: 'open', mine: true }, by),
    lastDecided(deps, by),
  ]);
  return {
    groups: by.groups.map(parties),
    onCall,
    ...owned,
    debts: debts.items,
    toDecide: open.filter(({ mayDecide }) => mayDecide),
    asked: [...open.filter(({ mayDecide }) => !mayDecide), ...decided],
  };
}

async function onCallNow(deps: MineDeps, { ref }: Principal): Promise<Mine['onCall']> {
  if (!ref) return [];
  const { db, now } = deps;
  const [rotating, observed] = await Promise.all([
    groupsWithRotation(db),
    allGroups(db).then((refs) => observedOnCalls(deps, refs)),
  ]);
  const groups = await readGroups(db, [...new Set([...rotating, ...observed.keys()])]);
  const shifts = [...groups.values()].flatMap((group) => {
    const said = observed.get(group.ref);
    if (said) {
      const own = firstAsked(said).find(({ person }) => person.ref === ref);
      return own ? [{ group: group.ref, until: own.until }] : [];
    }
    const shift = shiftNow(group, now());
    return shift?.person === ref ? [{ group: group.ref, until: shift.until.toISOString() }] : [];
  });
  const parties = await partiesOf(
    db,
    shifts.map(({ group }) => group),
  );
  return shifts.map(({ group, until }) => ({ group: parties(group), until }));
}

/** What has problems or isn't fresh comes first. */
async function ownedBy(
  db: Kysely<CatalogTables>,
  owners: readonly string[],
): Promise<Pick<Mine, 'owns' | 'ownsTotal'>> {
  const { rows } = await sql<Mine['owns'][number] & { total: number }>`
    select ref, kind_label as kind, coalesce(title, name) as title, type, freshness, problem_count as problems,
      count(*) over ()::int as total
    from entity where owner = any(${owners}::text[])
    order by problem_count = 0, freshness = 'fresh', array_position(array['component', 'api'], kind), name_lower, ref
    limit ${MOST_OWNED}`.execute(db);
  return { owns: rows.map(({ total: _, ...row }) => row), ownsTotal: rows[0]?.total ?? 0 };
}

/** What became of what was asked for lately. */
async function lastDecided({ db }: RequestDeps, by: Principal): Promise<Mine['asked']> {
  const rows = await db
    .selectFrom('ownership_request')
    .selectAll()
    .where('requested_by', '=', by.id)
    .where('state', '<>', 'open')
    .orderBy('decided_at', 'desc')
    .limit(MOST_DECIDED)
    .execute();
  return answerRequests(db, rows, by);
}
