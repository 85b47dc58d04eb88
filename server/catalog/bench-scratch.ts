import { sql } from 'kysely';
import { openPostgresStore, openEmbeddedStore, fill } from './test-support.ts';
import { parseFilters } from './filter.ts';
import { firstPage, cursorPage, whereOf } from './entity-query.ts';
import { decodeCursor } from './order-and-cursor.ts';
import { countFacets } from './facets.ts';
import { createEntityReader } from './entity-reader.ts';
import { ResponseCache } from './response-cache.ts';
import { search } from './search.ts';
import { compileFilter } from './filter-sql.ts';
import type { Entity } from '#model/entity.ts';

const N = Number(process.argv[2] ?? 10000);
const which = process.argv[3] ?? 'postgres';
const words = ['payment','checkout','order','ledger','invoice','basket','search','catalog','user','auth','billing','stock','price','ship','return','mail','event','report','audit','fraud'];
const kinds = ['Component','Component','Component','Component','Component','API','API','Resource','System','Group'];
const types = ['service','website','library','worker'];
const langs = ['go','java','typescript','python'];
let seed = 1; const rnd = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
const pick = <T,>(a: T[]): T => a[Math.floor(rnd() * a.length)] as T;
const entities: Entity[] = Array.from({ length: N }, (_, i) => {
  const kind = kinds[i % 10] as string;
  const name = `${pick(words)}-${pick(words)}-${i}`;
  return { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, namespace: 'default', title: `The ${pick(words)} ${i}`, description: `Does ${pick(words)} and ${pick(words)} for ${pick(words)} teams, with some more text to make it about as long as real ones are. `.repeat(2),
    tags: [pick(langs), pick(words)], labels: { 'atrium.dev/language': pick(langs) }, annotations: { 'backstage.io/managed-by-location': `url:https://git.example.com/org/repo-${i}/catalog-info.yaml`, 'backstage.io/managed-by-origin-location': `url:https://git.example.com/org/repo-${i}/catalog-info.yaml`, 'github.com/project-slug': `org/repo-${i}` } },
    spec: kind === 'Group' ? { type: 'team', children: [] } : { type: pick(types), lifecycle: pick(['production','experimental']), owner: `group:default/team-${Math.floor(rnd() * N / 50)}`, system: `system-${Math.floor(rnd() * N / 20)}`, dependsOn: kind === 'Component' ? [`component:default/x-${Math.floor(rnd() * N)}`] : [] } };
});
const store = await (which === 'postgres' ? openPostgresStore() : openEmbeddedStore());
const t0 = performance.now();
await fill(store.db, entities);
const { settleIndexes } = await import('./bulk-indexes.ts'); await settleIndexes(store.db);
await sql`vacuum analyze`.execute(store.db);
console.log(which, N, 'filled in', Math.round(performance.now() - t0));
const db = store.db;
const originals: { sql: string; parameters: readonly unknown[] }[] = [];
const logged = process.argv[4] === 'plans';
const { Kysely } = await import('kysely');
const ex = (db as unknown as { getExecutor(): { executeQuery(q: { sql: string; parameters: readonly unknown[] }): Promise<unknown> } }).getExecutor();
const real = ex.executeQuery.bind(ex);
void Kysely;
(ex as { executeQuery: unknown }).executeQuery = (q: { sql: string; parameters: readonly unknown[] }, ...rest: never[]) => { originals.push(q); return (real as (...a: unknown[]) => Promise<unknown>)(q, ...rest); };
async function time(label: string, run: () => Promise<unknown>) {
  originals.length = 0;
  await run();
  const queries = [...originals];
  const times: number[] = [];
  for (let i = 0; i < 3; i++) { const t = performance.now(); await run(); times.push(performance.now() - t); }
  times.sort((a, b) => a - b);
  console.log(label.padEnd(52), `${(times[1] ?? 0).toFixed(1)} ms  max ${(times[2] ?? 0).toFixed(1)}`);
  if (logged) for (const q of queries) {
    const plan = await (real as (...a: unknown[]) => Promise<{ rows: { 'QUERY PLAN': string }[] }>)({ ...q, sql: `explain (analyze, buffers off, costs off, summary off) ${q.sql}` });
    console.log('   ', q.sql.replace(/\s+/g, ' ').slice(0, 160));
    console.log(plan.rows.map((r) => `        ${r['QUERY PLAN']}`).filter((l) => /Scan|Sort|Join|Aggregate|Loop|Cond|Filter|Append/.test(l)).join('\n'));
  }
}
const page = (filters: string[], more: object = {}, limit = 50) => () => firstPage(db, { filters, ...more }, { limit });
await time('list kind', page(['kind=component']));
await time('list kind+type', page(['kind=component,spec.type=service']));
await time('list kind+2 types', page(['kind=component,spec.type=service,spec.type=website']));
await time('list kind uncounted', () => firstPage(db, { filters: ['kind=component'] }, { limit: 50, uncounted: true }));
await time('list owner', page(['owner=team-7']));
await time('list unowned', page(['owner=none']));
await time('list tag', page(['metadata.tags=payment']));
await time('list kind+tag uncounted', () => firstPage(db, { filters: ['kind=component,metadata.tags=payment'] }, { limit: 50, uncounted: true }));
await time('list annotation', page(['metadata.annotations.github.com/project-slug=org/repo-77']));
await time('list relation ownedBy', page(['relations.ownedby=group:default/team-7']));
await time('list kind + relation hasPart', page(['kind=component,relations.partof=system:default/system-7']));
await time('list relation exists', page(['relations.dependsOn']));
await time('list OR', page(['kind=api,spec.type=service', 'kind=system']));
await time('list all desc', page([], { orderFields: [{ field: 'metadata.name', order: 'desc' }] }));
await time('list kind by title', page(['kind=component'], { orderFields: [{ field: 'metadata.title', order: 'asc' }] }));
await time('list kind by title uncounted', () => firstPage(db, { filters: ['kind=component'], orderFields: [{ field: 'metadata.title', order: 'asc' }] }, { limit: 50, uncounted: true }));
await time('full text name/title/displayName', page(['kind=component'], { fullTextFilter: { term: 'fraud-audit', fields: ['metadata.name', 'metadata.title', 'spec.profile.displayName'] } }));
let deep = await firstPage(db, { filters: ['kind=component'] }, { limit: 1000 });
for (let i = 0; i < Math.min(20, N / 4000); i++) if (deep.nextCursor) deep = await cursorPage(db, decodeCursor(deep.nextCursor), 1000);
const cursor = deep.nextCursor ?? deep.prevCursor ?? '';
await time('cursor deep', () => cursorPage(db, decodeCursor(cursor), 50));
const w = (f: string[]) => whereOf({ filters: f });
await time('facet kind', () => countFacets(db, w([]), ['kind']));
await time('facet spec.type of kind', () => countFacets(db, w(['kind=component']), ['spec.type']));
await time('facet tags of kind', () => countFacets(db, w(['kind=component']), ['metadata.tags']));
await time('facet relations.ownedBy of kind', () => countFacets(db, w(['kind=component']), ['relations.ownedBy']));
await time('facet annotation of owner', () => countFacets(db, w(['owner=team-7']), ['metadata.annotations.github.com/project-slug']));
await time('facet spec.owner of kind (body)', () => countFacets(db, w(['kind=component']), ['spec.owner']));
const refs = (await firstPage(db, {}, { limit: 100 })).refs;
await time('by-refs 100 uncached', () => createEntityReader(db, new ResponseCache({ maxBytes: 1e7 })).read(refs));
await time('by-name uncached', () => createEntityReader(db, new ResponseCache({ maxBytes: 1e7 })).read(refs.slice(0, 1)));
const none = compileFilter(parseFilters(''));
for (const q of ['p', 'pa', 'payment', 'payment-order', 'paymnet', 'fraud audit', 'order-4321', 'zzzzqqq', 'teams', 'api stock'])
  await time(`search ${q}`, () => search(db, q, none, { offset: 0, limit: 20 }));
await time('search kind=api payment', () => search(db, 'payment', compileFilter(parseFilters('kind=api')), { offset: 0, limit: 20 }));
await store.close();
