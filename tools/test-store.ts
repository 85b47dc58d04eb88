/** Stores for tests: a real one each, embedded in memory, or PostgreSQL where the environment gives one. */
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Confidence, Contribution, PartReading } from '#model/contribution.ts';
import { DEFAULT_NAMESPACE, type Entity } from '#model/entity.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { refOf } from '#model/ref.ts';
import type { AccessTables } from '#server/access/index.ts';
import type { RunTables } from '#server/actions/index.ts';
import { Catalog, EntityColumns, namedBy, ResponseCache } from '#server/catalog/index.ts';
import type { DocTables } from '#server/docs/index.ts';
import { FactFeed, FactStore } from '#server/facts/index.ts';
import { openStore, type Store } from '#server/kernel/store/store.ts';
import { migrations } from '#server/migrations.ts';
import type { OwnershipTables } from '#server/ownership/index.ts';
import type { ScorecardDb } from '#server/scorecards/index.ts';
import { SourceStore, type SourceTables } from '#server/sources/index.ts';

export type TestTables = SourceTables & AccessTables & RunTables & OwnershipTables & ScorecardDb & DocTables;

const MAX_BYTES = 8 * 1024 * 1024;

/** Takes a second: open one for a whole test file, and clear it between tests. */
export function openTestStore(): Promise<Store<TestTables>> {
  if (process.env.ATRIUM_TEST_STORE !== 'postgres') return openCopy(process.env.ATRIUM_TEST_EMBEDDED ?? '');
  const url = process.env.ATRIUM_TEST_DATABASE_URL;
  if (!url) throw new Error('ATRIUM_TEST_STORE=postgres needs ATRIUM_TEST_DATABASE_URL');
  return openOwnDatabase(url);
}

/** A copy of the empty store that the test run made at its start: making one takes several seconds. */
async function openCopy(template: string): Promise<Store<TestTables>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'atrium-test-store-'));
  if (template) await cp(template, dataDir, { recursive: true });
  const store = await openStore<TestTables>({ dataDir, migrations });
  const close = async () => {
    await store.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...store, close };
}

/** A database of its own on the given server, dropped when the store is closed. */
async function openOwnDatabase(url: string): Promise<Store<TestTables>> {
  const name = `atrium_test_${randomBytes(6).toString('hex')}`;
  await onServer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const store = await openStore<TestTables>({ databaseUrl: own.href, dataDir: '', migrations });
  const close = async () => {
    await store.close();
    await onServer(url, `drop database ${name} with (force)`);
  };
  return { ...store, close };
}

/** A store for a portal that runs as a process of its own, of the sort that the tests run on. */
export async function storeForPortal(
  fill: (store: Store<TestTables>) => Promise<void>,
): Promise<{ args: string[]; remove: () => Promise<void> }> {
  const url = process.env.ATRIUM_TEST_STORE === 'postgres' ? process.env.ATRIUM_TEST_DATABASE_URL : undefined;
  const name = `atrium_test_${randomBytes(6).toString('hex')}`;
  const dataDir = await mkdtemp(join(tmpdir(), 'atrium-test-portal-'));
  const own = url && new URL(`/${name}`, url).href;
  if (url) await onServer(url, `create database ${name}`);
  const store = await openStore<TestTables>({ ...(own ? { databaseUrl: own } : {}), dataDir, migrations });
  await fill(store);
  await store.close();
  return {
    args: ['--data', dataDir, ...(own ? ['--database', own] : [])],
    async remove() {
      if (url) await onServer(url, `drop database ${name} with (force)`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

export async function clearStore({ db }: Store<TestTables>): Promise<void> {
  await sql`truncate contribution, entity, relation, change, decision, location, source, part, token, audit_stream,
    session, sign_in_attempt, sign_in_name, run, run_step, run_event, run_file, approval, approval_vote, lease, run_slot,
    debt, ownership_request, ownership_gap, fact_set, fact_kind, score, score_change, scorecard_version, exemption,
    campaign_note, doc_site, doc_page, doc_passage, doc_view, doc_problem, doc_link, doc_useful, doc_report, doc_gap,
    doc_gap_reader, saved_view`.execute(db);
  await clearAudit({ db });
}

/** Nothing else may empty it, so its guard is told that this is the retention. */
export async function clearAudit({ db }: { db: Kysely<TestTables> }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select set_config('atrium.audit_retention', 'on', true)`.execute(tx);
    await sql`truncate audit_entry`.execute(tx);
    await sql`update audit_chain set anchor_seq = 0, head_seq = 0,
      anchor_hash = repeat('0', 64), head_hash = repeat('0', 64)`.execute(tx);
  });
}

export interface TestClock {
  /** What the catalog takes for now. */
  at: Date;
}

/** A catalog over a store, with whatever else the routes need. */
export function testCatalog(store: Store<TestTables>, sourceIds: readonly string[] = ['first', 'second']) {
  const db = store.db as never;
  const kinds = createKindRegistry();
  const clock: TestClock = { at: new Date('2026-03-01T12:00:00Z') };
  const now = () => clock.at;
  const catalog = new Catalog({ db, kinds, now, sourceIds });
  const cache = new ResponseCache({ maxBytes: MAX_BYTES });
  const columns = new EntityColumns({ db });
  catalog.feed.onChange((notice) => {
    cache.invalidate(namedBy(notice));
    columns.invalidate(namedBy(notice));
  });
  const sources = new SourceStore(db);
  const factFeed = new FactFeed();
  const facts = new FactStore(db, factFeed);
  /** Takes readings in as the runner of a source does. */
  const read = (source: string, ...readings: PartReading[]) =>
    catalog.ingest(source, readings, (tx) => sources.putParts(tx, source, readings, now()));
  return {
    db,
    kinds,
    clock,
    now,
    catalog,
    cache,
    columns,
    sources,
    facts,
    factFeed,
    read,
    confirmedAt: sources.confirmedAt.bind(sources),
  };
}

/** `kind:name` with a spec, as an author would write it. */
export function entity(
  ref: string,
  spec: Record<string, unknown> = {},
  metadata: Record<string, unknown> = {},
): Entity {
  const [kind = '', name = ''] = ref.split(':');
  const apiVersion = kind === 'Template' ? 'scaffolder.backstage.io/v1beta3' : 'backstage.io/v1alpha1';
  return { apiVersion, kind, metadata: { name, namespace: DEFAULT_NAMESPACE, ...metadata }, spec };
}

/** What a file says, a contribution an entity. */
export function reading(
  part: string,
  entities: readonly Entity[],
  more: { confidence?: Confidence; fields?: Contribution['fields']; lines?: Record<string, number> } = {},
): PartReading {
  const { confidence = 'declared', fields, lines } = more;
  return {
    part,
    contributions: entities.map((each) => ({
      ref: refOf(each),
      entity: each,
      confidence,
      place: { location: `file:/estate/${part}`, path: part, line: 1 },
      ...(fields ? { fields } : {}),
      ...(lines ? { lines } : {}),
    })),
  };
}
