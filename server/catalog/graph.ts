/** Neighbourhoods, and the ways between two entities. */
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { KindRegistry } from '#model/kinds.ts';
import type { Graph, graphNodeSchema, pathsSchema } from './contract.ts';
import { type Direction, type Edge, edgesAmong, edgesOf, MOST_EDGES } from './edges.ts';
import { knownEntities } from './related.ts';
import type { CatalogTables } from './tables.ts';

export interface GraphDeps {
  db: Kysely<CatalogTables>;
  kinds: KindRegistry;
}

export interface GraphQuery {
  /** Canonical refs. */
  roots: readonly string[];
  depth: number;
  direction: Direction;
  relations?: readonly string[] | undefined;
  /** Kinds to go through, lower-cased; all when undefined. The roots are always in. */
  kinds?: readonly string[] | undefined;
  limit: number;
}

type Node = z.infer<typeof graphNodeSchema>;
type Paths = z.infer<typeof pathsSchema>;

/** Breadth first, one query a level; then all edges among what was reached, whichever way they point. */
export async function graphOf(deps: GraphDeps, query: GraphQuery): Promise<Graph> {
  const distances = new Map(query.roots.slice(0, query.limit).map((ref) => [ref, 0]));
  let truncated = query.roots.length > query.limit;
  let frontier = [...distances.keys()];
  for (let distance = 1; distance <= query.depth && frontier.length > 0; distance++) {
    const edges = await edgesOf(deps.db, frontier, query.direction, query.relations);
    truncated ||= edges.length >= MOST_EDGES;
    const next = neighbours(edges, distances, query.kinds);
    const room = query.limit - distances.size;
    truncated ||= next.length > room;
    frontier = next.slice(0, room);
    for (const ref of frontier) distances.set(ref, distance);
  }
  const edges = await edgesAmong(deps.db, [...distances.keys()], query.relations);
  return { nodes: await nodesOf(deps, distances), edges, truncated: truncated || edges.length >= MOST_EDGES };
}

function neighbours(
  edges: readonly Edge[],
  known: ReadonlyMap<string, number>,
  kinds?: readonly string[],
): string[] {
  const next = new Set<string>();
  for (const ref of edges.flatMap(({ from, to }) => [from, to])) {
    if (!known.has(ref) && (!kinds || kinds.includes(kindIn(ref)))) next.add(ref);
  }
  return [...next].sort();
}

export function kindIn(ref: string): string {
  return ref.slice(0, ref.indexOf(':'));
}

export async function nodesOf(
  { db, kinds }: GraphDeps,
  distances: ReadonlyMap<string, number>,
): Promise<Node[]> {
  const known = await knownEntities(db, kinds, [...distances.keys()]);
  return known.map((entity) => ({ ...entity, distance: distances.get(entity.ref) ?? 0 }));
}

/** More ways than these say no more. */
const MOST_PATHS = 10;
const MOST_VISITED = 20_000;

/**
 * The shortest ways from one entity to another along the relations' direction; where there is none, the
 * shortest whichever way they point. Those don't lead through people or groups: that two things have the
 * same owner connects almost everything and tells nothing.
 */
export async function pathsBetween(
  deps: GraphDeps,
  from: string,
  to: string,
  maxDepth: number,
): Promise<Paths> {
  for (const direction of ['out', 'both'] as const) {
    const steps = await stepsTo(deps, from, to, { direction, maxDepth });
    const paths = from === to ? [] : waysBack(steps, from, to).slice(0, MOST_PATHS);
    if (paths.length === 0) continue;
    const distances = new Map([[from, 0]]);
    for (const path of paths)
      alongPath(path, from).forEach((ref, index) => void distances.set(ref, index + 1));
    return { paths, nodes: await nodesOf(deps, distances) };
  }
  return { paths: [], nodes: await nodesOf(deps, new Map([from, to].map((ref) => [ref, 0]))) };
}

/** For each entity the edges over which it was reached first, until the target is. */
async function stepsTo(
  { db }: GraphDeps,
  from: string,
  to: string,
  { direction, maxDepth }: { direction: Direction; maxDepth: number },
): Promise<Map<string, Edge[]>> {
  const steps = new Map<string, Edge[]>([[from, []]]);
  let frontier = [from];
  for (let depth = 1; depth <= maxDepth && frontier.length > 0 && !steps.has(to); depth++) {
    const level = new Map<string, Edge[]>();
    const reached = new Set(frontier);
    for (const edge of await edgesOf(db, frontier, direction)) {
      for (const [start, end] of [
        [edge.from, edge.to],
        [edge.to, edge.from],
      ] as const) {
        const goes = reached.has(start) && (direction === 'both' || start === edge.from);
        if (!goes || steps.has(end)) continue;
        level.set(end, [...(level.get(end) ?? []), edge]);
      }
    }
    for (const [ref, edges] of level) steps.set(ref, edges);
    frontier = steps.size > MOST_VISITED ? [] : [...level.keys()].filter((ref) => !isOwner(ref));
  }
  return steps;
}

function isOwner(ref: string): boolean {
  return kindIn(ref) === 'group' || kindIn(ref) === 'user';
}

function waysBack(steps: ReadonlyMap<string, Edge[]>, from: string, to: string): Edge[][] {
  if (to === from) return [[]];
  const ways: Edge[][] = [];
  for (const edge of steps.get(to) ?? []) {
    const before = edge.to === to ? edge.from : edge.to;
    for (const way of waysBack(steps, from, before)) {
      ways.push([...way, edge]);
      if (ways.length >= MOST_PATHS) return ways;
    }
  }
  return ways;
}

function alongPath(path: readonly Edge[], from: string): string[] {
  let at = from;
  return path.map((edge) => {
    at = edge.from === at ? edge.to : edge.from;
    return at;
  });
}
