/** Relations as the edges of a graph, read for many entities at once. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CatalogTables } from './tables.ts';

export interface Edge {
  from: string;
  to: string;
  type: string;
  reverse: string | null;
}

/**
 * Either end may declare a relation, and a stored row starts at the one that did. In a graph an edge
 * points one way whoever declared it: these types are turned around to the opposite that is named here.
 */
const opposites: Record<string, string> = {
  dependencyOf: 'dependsOn',
  hasPart: 'partOf',
  parentOf: 'childOf',
  hasMember: 'memberOf',
  ownerOf: 'ownedBy',
  apiProvidedBy: 'providesApi',
  apiConsumedBy: 'consumesApi',
};
const backwardTypes = Object.keys(opposites);

export type Direction = 'out' | 'in' | 'both';

/** No question needs more of one level; what is beyond is reported as cut off. */
export const MOST_EDGES = 5000;

/**
 * The edges that leave these entities, or lead to them, from the relation table's two indexes.
 * @param types either name of a relation; all when undefined.
 */
export async function edgesOf(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
  direction: Direction,
  types?: readonly string[],
): Promise<Edge[]> {
  const forward = sql`type <> all(${backwardTypes}::text[])`;
  const backward = sql`type = any(${backwardTypes}::text[])`;
  const ends = { from: sql`from_ref = any(${refs}::text[])`, to: sql`to_ref = any(${refs}::text[])` };
  const branches = {
    out: [sql`${ends.from} and ${forward}`, sql`${ends.to} and ${backward}`],
    in: [sql`${ends.to} and ${forward}`, sql`${ends.from} and ${backward}`],
    both: [ends.from, ends.to],
  }[direction];
  return readEdges(db, branches, types);
}

/** All edges among these entities. */
export function edgesAmong(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
  types?: readonly string[],
): Promise<Edge[]> {
  return readEdges(db, [sql`from_ref = any(${refs}::text[]) and to_ref = any(${refs}::text[])`], types);
}

async function readEdges(
  db: Kysely<CatalogTables>,
  branches: readonly RawBuilder<unknown>[],
  types: readonly string[] | undefined,
): Promise<Edge[]> {
  const wanted = types ? sql` and (type = any(${types}::text[]) or reverse = any(${types}::text[]))` : sql``;
  const selects = branches.map(
    (where) =>
      sql`(select from_ref, to_ref, type, reverse from relation where ${where}${wanted} limit ${MOST_EDGES})`,
  );
  const { rows } = await sql<Edge>`
    select from_ref as "from", to_ref as "to", type, reverse from (${sql.join(selects, sql` union `)}) found`.execute(
    db,
  );
  const edges = new Map<string, Edge>();
  for (const row of rows) {
    const edge = turned(row);
    edges.set(`${edge.from} ${edge.to} ${edge.type}`, edge);
  }
  return [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, edge]) => edge);
}

function turned(edge: Edge): Edge {
  const type = opposites[edge.type];
  return type ? { from: edge.to, to: edge.from, type, reverse: edge.type } : { ...edge };
}
