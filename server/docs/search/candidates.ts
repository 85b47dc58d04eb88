/** Which entities have documentation of their own. */
import { type Kysely, sql } from 'kysely';
import type { Entity } from '#model/entity.ts';
import { type DocHome, docAnnotations, homeOf } from '../site/home.ts';
import type { DocDb } from '../tables.ts';

interface Row {
  ref: string;
  kind: string;
  name: string;
  annotations: Record<string, string> | null;
}

const PAGE = 5000;
/** A file with thousands of entities has no documentation of one of them. */
const MOST_COMPARED = 20;
/** Whatever lies beside their descriptor is about them, without anybody saying so. */
const IMPLICIT = ['system', 'domain', 'component', 'resource'];

export interface Candidate {
  ref: string;
  /** Of the folder in which its documentation would be. */
  address: string;
}

export interface Candidates {
  /** In the order of refs. */
  found: Candidate[];
  /** Of which entity the pages in a folder are, where no annotation says so. */
  byFolder: Map<string, string>;
}

/**
 * Those for which an annotation names a place, and those beside whose descriptor pages may lie. Where several stand in
 * one folder it is the documentation of the widest: of the system, or of the component that is called like the folder.
 */
export async function candidates(db: Kysely<DocDb>): Promise<Candidates> {
  const stated = new Map<string, string>();
  const sharing = new Map<string, Row[]>();
  for await (const row of rows(db)) {
    const home = ownHome(row);
    if (home?.stated) stated.set(row.ref, home.address);
    else if (home) {
      const shared = sharing.get(home.address) ?? [];
      if (shared.length < MOST_COMPARED) sharing.set(home.address, [...shared, row]);
    }
  }
  const byFolder = new Map([...stated].map(([ref, address]) => [address, ref]));
  for (const [address, shared] of sharing) {
    const first = chosen(address, shared);
    if (first && !byFolder.has(address)) byFolder.set(address, first.ref);
  }
  const all = new Map([...[...byFolder].map(([address, ref]) => [ref, address] as const), ...stated]);
  const found = [...all].map(([ref, address]) => ({ ref, address }));
  return { found: found.sort((a, b) => (a.ref < b.ref ? -1 : 1)), byFolder };
}

/** Those of some entities; a folder that nobody has is from now on of the first of them. */
export async function candidatesAmong(
  db: Kysely<DocDb>,
  refs: readonly string[],
  byFolder: Map<string, string>,
): Promise<Candidate[]> {
  const { rows: found } = await sql<Row>`
    select ref, kind, name, body #> '{metadata,annotations}' as annotations from entity
    where ref = any(${refs}::text[]) order by ref`.execute(db);
  return found.flatMap((row) => {
    const home = ownHome(row);
    if (!home) return [];
    const { address, stated } = home;
    const candidate = { ref: row.ref, address };
    if (stated) return [candidate];
    const holder = byFolder.get(address) ?? row.ref;
    byFolder.set(address, holder);
    return holder === row.ref ? [candidate] : [];
  });
}

/** Undefined where there is none, or that of another is shown. */
function ownHome(row: Row): DocHome | undefined {
  const home = homeOf(entityOf(row));
  const isOthers = row.annotations?.[docAnnotations.entity] !== undefined;
  return home && !isOthers && (home.stated || IMPLICIT.includes(row.kind)) ? home : undefined;
}

function chosen(address: string, shared: readonly Row[]): Row | undefined {
  const folder = address.replace(/\/+$/, '').replace(/^.*\//, '').toLowerCase();
  const rank = ({ kind, name }: Row) => IMPLICIT.indexOf(kind) * 2 + (name.toLowerCase() === folder ? -3 : 0);
  return shared.toSorted((a, b) => rank(a) - rank(b) || (a.ref < b.ref ? -1 : 1))[0];
}

function entityOf({ kind, name, annotations }: Row): Entity {
  return { apiVersion: '', kind, metadata: { name, ...(annotations && { annotations }) } };
}

async function* rows(db: Kysely<DocDb>): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const { rows: page } = await sql<Row>`
      select ref, kind, name, body #> '{metadata,annotations}' as annotations from entity
      where ref > ${after} and kind not in ('user', 'location') order by ref limit ${PAGE}`.execute(db);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.ref ?? '';
  }
}
