/** Documentation over a real repository, store and API, as the portal puts it together. */
import type { InjectOptions } from 'fastify';
import type { Kysely } from 'kysely';
import { expect } from 'vitest';
import { fileTools as files } from '#integrations/registry.ts';
import type { Entity } from '#model/entity.ts';
import { testApp } from '#tools/test-app.ts';
import { entity, reading, type TestTables, testCatalog } from '#tools/test-store.ts';
import { commit, gitIn, newFolder, newRepository, write } from '../../integrations/git/source.test-helper.ts';
import { type AuditDetail, type Gate, localPrincipal, openGate, type Principal } from '../kernel/gate.ts';
import { createLog } from '../kernel/log.ts';
import type { Store } from '../kernel/store/store.ts';
import type { IssueTracker } from './feedback/reports.ts';
import {
  type DocDb,
  DocFeed,
  FeedbackKeeper,
  Histories,
  IndexKeeper,
  RenderedPages,
  type Renderer,
  Repositories,
  RotKeeper,
  registerDocsApi,
  Sites,
  Views,
} from './index.ts';
import type { Touched } from './sites.ts';

export const person = (name: string, groups: string[] = []): Principal => ({
  ...localPrincipal,
  id: `user:default/${name}`,
  ref: `user:default/${name}`,
  name: name.charAt(0).toUpperCase() + name.slice(1),
  groups: groups.map((group) => `group:default/${group}`),
  roles: ['contributor'],
});

const none: IssueTracker = { open: async () => null, close: async () => {}, isClosed: async () => undefined };

export type DocsWorld = Awaited<ReturnType<typeof openDocs>>;

export interface DocsOptions {
  issues?: IssueTracker;
  /** Beside the component `pay` of the group `payers`, whose files are those of the repository. */
  entities?: Entity[];
}

type Audited = AuditDetail & { by: string; permission: string };

/** @param written files of the repository, in one commit. */
export async function openDocs(
  store: Store<TestTables>,
  renderer: Renderer,
  written: Record<string, string>,
  { issues = none, entities = [] }: DocsOptions = {},
) {
  const folder = newFolder();
  onDay('2024-01-01', () => newRepository(folder, written));
  const world = testCatalog(store);
  const parts = partsOf(world, store.db as unknown as Kysely<DocDb>, { folder, renderer, issues });
  const { indexer, care, feedback, told, touch } = parts;
  const api = await apiOf(parts, issues);
  const settled = async () => {
    await indexer.settled();
    await care.settled();
  };
  const group = entity('Group:payers', { type: 'team', children: [] }, { title: 'Payers' });
  const pay = entity(
    'Component:pay',
    { type: 'service', owner: 'payers' },
    { title: 'Payments', annotations: at('') },
  );
  await world.read('first', reading('catalog-info.yaml', [group, pay, ...entities]));
  indexer.start();
  await settled();
  return {
    ...world,
    ...{ folder, told, care, feedback, settled, send: api.send, audit: api.audit },
    /** Saves files; with a day, they are committed on it. */
    async save(changed: Record<string, string>, day?: string) {
      write(folder, changed);
      if (day !== undefined) onDay(day, () => commit(folder));
      told.length = 0;
      touch({ folder, paths: Object.keys(changed) });
      // Open pages are told first, and then it is read.
      await expect.poll(() => told, { timeout: 20_000 }).toContain('component:default/pay');
      await settled();
    },
    at: (time: string) => {
      world.clock.at = new Date(time);
    },
    async close() {
      await indexer.stop();
      await care.stop();
      await feedback.stop();
      await api.app.close();
    },
  };
}

interface Around {
  folder: string;
  renderer: Renderer;
  issues: IssueTracker;
}

/** What reads documentation and looks after it. */
function partsOf(
  { now, facts, catalog }: ReturnType<typeof testCatalog>,
  db: Kysely<DocDb>,
  { folder, renderer, issues }: Around,
) {
  const log = createLog('silent');
  const feed = new DocFeed();
  const told: string[] = [];
  feed.onChange(({ refs }) => told.push(...refs));
  const pathOf = (address: string) => address.replace(/^.*\/main\/?/, '').replace(/\/$/, '');
  const find = (address: string) => ({ folder, path: pathOf(address), bare: false });
  const sites = new Sites({ db, files, find });
  const rendered = new RenderedPages({ files, renderer });
  const histories = new Histories(files);
  const listeners: ((notice: Touched) => void)[] = [];
  const indexer = new IndexKeeper({
    ...{ db, sites, rendered, histories, feed, catalog, log, now },
    sources: {
      current: () => ({ ready: true }),
      onTouched: (listener) => {
        listeners.push(listener);
        return () => {};
      },
    },
    onIndexed: async ({ ref }) => care.heed([ref]),
    onGone: () => care.heed([]),
  });
  const care: RotKeeper = new RotKeeper({
    ...{ db, files, rendered, now, sites, facts, feed, log },
    repositories: new Repositories(files),
    isBusy: () => false,
    ownHosts: () => new Set(['portal.acme.io']),
  });
  const feedback = new FeedbackKeeper({ db, issues, feed, now, log, onClosed: (refs) => care.heed(refs) });
  const touch = (notice: Touched) => {
    for (const listener of listeners) listener(notice);
  };
  return { db, sites, rendered, histories, feed, told, indexer, care, feedback, touch, now };
}

async function apiOf(parts: ReturnType<typeof partsOf>, issues: IssueTracker) {
  const { db, sites, rendered, histories, feed, indexer, care, now } = parts;
  let asking: Principal = localPrincipal;
  const audit: Audited[] = [];
  const gate: Gate = {
    ...openGate,
    authenticate: () => asking,
    audit: async ({ principal, auditDetail }, permission) =>
      void audit.push({ by: principal.id, permission, ...auditDetail }),
  };
  const app = await testApp(
    (server) =>
      registerDocsApi(server, {
        ...{ db, sites, rendered, histories, files, issues, now },
        views: new Views(db, now),
        indexing: () => indexer.indexing,
        origin: () => 'https://portal.acme.io',
        onSaid: (ref) => care.heed([ref]),
        tell: (gap) => feed.publish([`gap:${gap}`]),
      }),
    gate,
  );
  /** Sends a request as somebody. */
  const send = async (url: string, payload?: object, by: Principal = localPrincipal) => {
    asking = by;
    const options: InjectOptions = payload ? { method: 'POST', url, payload } : { url };
    const answer = await app.inject(options);
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
  return { app, audit, send };
}

/** That its files lie in a folder of the repository. */
export function at(path: string): Record<string, string> {
  return { 'backstage.io/source-location': `url:https://github.com/acme/pay/tree/main/${path}` };
}

/** What git does meanwhile, it does on that day. */
function onDay(day: string, work: () => void): void {
  const names = ['GIT_AUTHOR_DATE', 'GIT_COMMITTER_DATE'];
  for (const name of names) process.env[name] = `${day}T12:00:00Z`;
  try {
    work();
  } finally {
    for (const name of names) delete process.env[name];
  }
}

export function remove(folder: string, path: string, day: string): void {
  gitIn(folder, 'rm', '--quiet', path);
  onDay(day, () => commit(folder));
}
