/** What breaks if something does, nearest first, and whom to tell. */
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import type { impactSchema } from './contract.ts';
import { type Edge, edgesOf, MOST_EDGES } from './edges.ts';
import { type GraphDeps, kindIn, nodesOf } from './graph.ts';
import type { CatalogTables } from './tables.ts';

type Impact = z.infer<typeof impactSchema>;

const MOST_AFFECTED = 1000;
const followed = ['dependsOn', 'consumesApi', 'providesApi', 'partOf'];

/**
 * Follows what needs the broken thing: what depends on it, the APIs that it provides and their consumers,
 * the component that it is a part of, and the parts of a broken system or domain. A system is not taken to
 * break with one of its parts: those of its parts that do are found by their dependencies, and listing the
 * system would only add its owner to those who need to know.
 */
export async function impactOf(deps: GraphDeps, ref: string, depth: number): Promise<Impact> {
  const via = new Map<string, string[]>([[ref, []]]);
  const distances = new Map<string, number>();
  let truncated = false;
  let frontier = [ref];
  for (let distance = 1; distance <= depth && frontier.length > 0; distance++) {
    const edges = await edgesOf(deps.db, frontier, 'both', followed);
    truncated ||= edges.length >= MOST_EDGES;
    const next: string[] = [];
    for (const [broken, harmed] of harms(edges, new Set(frontier))) {
      if (via.has(harmed)) continue;
      if (distances.size >= MOST_AFFECTED) {
        truncated = true;
        break;
      }
      via.set(harmed, [...(via.get(broken) ?? []), broken]);
      distances.set(harmed, distance);
      next.push(harmed);
    }
    frontier = next;
  }
  const nodes = await nodesOf(deps, distances);
  const affected = nodes.map((node) => ({ ...node, via: via.get(node.ref) ?? [] }));
  return { affected, owners: await ownersOf(deps.db, affected), truncated };
}

/** Pairs of what broke and what breaks with it. */
function harms(edges: readonly Edge[], broken: ReadonlySet<string>): [string, string][] {
  return edges.flatMap(({ from, to, type }): [string, string][] => {
    const up: [string, string][] = broken.has(to) ? [[to, from]] : [];
    const down: [string, string][] = broken.has(from) ? [[from, to]] : [];
    switch (type) {
      case 'dependsOn':
      case 'consumesApi':
        return up;
      case 'providesApi':
        return down;
      case 'partOf':
        return isContainer(to) ? up : down;
      default:
        return [];
    }
  });
}

function isContainer(ref: string): boolean {
  return kindIn(ref) === 'system' || kindIn(ref) === 'domain';
}

/** Owners of what is affected, those of most first; the last word on where to reach them is their profile. */
async function ownersOf(
  db: Kysely<CatalogTables>,
  affected: readonly { owner: string | null }[],
): Promise<Impact['owners']> {
  const counts = new Map<string | null, number>();
  for (const { owner } of affected) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  const refs = [...counts.keys()].filter((owner) => owner !== null);
  const { rows } = await sql<{ ref: string; title: string | null; email: string | null }>`
    select ref, title, body #>> '{spec,profile,email}' as email from entity
    where ref = any(${refs}::text[])`.execute(db);
  const known = new Map(rows.map((row) => [row.ref, row]));
  return [...counts]
    .map(([owner, count]) => {
      const { title = null, email = null } = (owner !== null && known.get(owner)) || {};
      return { owner, title, email, count };
    })
    .toSorted((a, b) => b.count - a.count || ((a.owner ?? '~') < (b.owner ?? '~') ? -1 : 1));
}
