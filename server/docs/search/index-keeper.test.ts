import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fileTools } from '#integrations/registry.ts';
import type { FileTools } from '#model/file-tools.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import {
  commit,
  newFolder,
  newRepository,
  removeFolders,
  write,
} from '../../../integrations/git/source.test-helper.ts';
import { createLog } from '../../kernel/log.ts';
import type { Store } from '../../kernel/store/store.ts';
import { type DocDb, DocFeed, Histories, IndexKeeper, RenderedPages, Renderer, Sites } from '../index.ts';
import { listSites } from '../library.ts';
import type { Touched } from '../sites.ts';
import { answersTo } from './answers.ts';

const reader = {
  id: 'user:default/ada',
  kind: 'person' as const,
  ref: 'user:default/ada',
  name: 'Ada',
  groups: ['group:default/payers'],
  roles: [],
};

let store: Store<TestTables>;
let renderer: Renderer;
beforeAll(async () => {
  store = await openTestStore();
  renderer = new Renderer();
});
beforeEach(() => clearStore(store));
afterAll(async () => {
  removeFolders();
  await renderer.close();
  await store.close();
});

/** A portal's documentation over the files of one folder. */
async function docsOf(texts: Record<string, string>) {
  const folder = newFolder();
  newRepository(folder, texts);
  const world = testCatalog(store);
  const db = store.db as unknown as Kysely<DocDb>;
  const find = (address: string) => ({
    folder,
    path: address.replace(/^.*\/main\/?/, '').replace(/\/$/, ''),
    bare: false,
  });
  let listed = 0;
  const files: FileTools = {
    ...fileTools,
    list(...asked) {
      listed++;
      return fileTools.list(...asked);
    },
  };
  const sites = new Sites({ db, files, find });
  const rendered = new RenderedPages({ files: fileTools, renderer });
  const histories = new Histories(fileTools);
  let touch: (notice: Touched) => void = () => {};
  const told: string[] = [];
  const feed = new DocFeed();
  feed.onChange(({ refs }) => told.push(...refs));
  const keeper = new IndexKeeper({
    ...{ db, sites, rendered, histories, feed, catalog: world.catalog, log: createLog('silent') },
    now: () => world.clock.at,
    sources: {
      current: () => ({ ready: true }),
      onTouched: (listener) => {
        touch = listener;
        return () => {};
      },
    },
    onIndexed: async () => {},
    onGone: () => {},
  });
  const ask = async (q: string, site?: string) => {
    const answers = await answersTo(db, { q, site, limit: 20 }, reader);
    return answers.map(({ kind, href, trail, excerpt }) => ({
      kind,
      href,
      trail,
      marked: excerpt.filter(({ match }) => match).map(({ text }) => text),
    }));
  };
  const library = async () => (await listSites(db, { offset: 0, limit: 10 }, reader)).items;
  const changed = async (paths: string[]) => {
    told.length = 0;
    touch({ folder, paths });
    await expect.poll(() => told, { timeout: 20_000 }).toContain('component:default/pay');
    await keeper.settled();
  };
  return { folder, world, keeper, ask, library, changed, listings: () => listed };
}

function component(name: string, path = '', more: Record<string, string> = {}) {
  return entity(
    `Component:${name}`,
    { type: 'service', lifecycle: 'production', owner: 'payers' },
    {
      annotations: {
        'backstage.io/managed-by-location': `url:https://github.com/acme/pay/blob/main/${path}catalog-info.yaml`,
        'backstage.io/source-location': `url:https://github.com/acme/pay/tree/main/${path}`,
        ...more,
      },
    },
  );
}

it('finds passages by words, stems and beginnings, and follows files as they change', async () => {
  const { folder, world, keeper, ask, library, changed } = await docsOf({
    'docs/index.md': '# Payments\n\nHow money moves.\n',
    'docs/run.md':
      '# Running\n\n## Retries\n\nA payment is retried three times before the dead letter queue.\n',
  });
  await world.read('first', reading('pay.yaml', [component('pay')]));
  keeper.start();
  await keeper.settled();
  expect(await library()).toMatchObject([{ ref: 'component:default/pay', form: 'folder', pages: 2 }]);
  expect(await ask('retry queue')).toMatchObject([
    { kind: 'page', href: '/docs/component/default/pay/run#retries', trail: ['Running', 'Retries'] },
  ]);
  expect((await ask('dead lett'))[0]?.marked).toEqual(['dead', 'letter']);
  write(folder, {
    'docs/run.md': '# Running\n\nNothing is tried again.\n',
    'docs/new.md': '# Refunds\n\nBy hand.',
  });
  await changed(['docs/run.md', 'docs/new.md']);
  expect(await ask('retry queue')).toEqual([]);
  expect((await ask('refund')).map(({ href }) => href)).toEqual(['/docs/component/default/pay/new']);
  await keeper.stop();
});

it('gives a folder that several share to one, and to each what its annotation names', async () => {
  const { world, keeper, library, ask } = await docsOf({
    'README.md': '# Everything\n\nUnicorns.',
    'carts/docs/index.md': '# Carts',
  });
  const same = component('same', '', { 'backstage.io/techdocs-ref': 'dir:./carts/.' });
  const stated = component('other', '', { 'backstage.io/techdocs-ref': 'dir:./carts' });
  const shown = component('shown', '', { 'backstage.io/techdocs-entity': 'component:default/other' });
  await world.read(
    'first',
    reading('all.yaml', [component('a'), component('b'), component('carts', 'carts/'), stated, same, shown]),
  );
  keeper.start();
  await keeper.settled();
  expect((await library()).map(({ ref, form }) => [ref, form]).sort()).toEqual([
    ['component:default/a', 'readme'],
    ['component:default/other', 'folder'],
    ['component:default/same', 'folder'],
  ]);
  expect((await ask('unicorn')).length).toBe(1);
  expect((await ask('carts')).filter(({ kind }) => kind === 'page').length).toBe(1);
  await keeper.stop();
});

it('finds operations of APIs and things of the catalog beside pages', async () => {
  const { world, keeper, ask } = await docsOf({ 'docs/index.md': '# Refunds\n\nSend a refund by hand.' });
  const definition =
    'openapi: 3.1.0\ninfo: {title: Pay}\npaths:\n  /refunds:\n    post: {summary: Starts a refund}\n';
  const api = entity('API:pay', { type: 'openapi', lifecycle: 'production', owner: 'payers', definition });
  await world.read('first', reading('pay.yaml', [component('refunds'), api]));
  keeper.start();
  await keeper.settled();
  const found = await ask('refund');
  expect(found.map(({ kind, href }) => [kind, href])).toEqual(
    expect.arrayContaining([
      ['entity', '/catalog/default/component/refunds'],
      ['page', '/docs/component/default/refunds'],
      ['api', '/docs/api/default/pay'],
    ]),
  );
  await keeper.stop();
});

it('forgets what is gone', async () => {
  const { folder, world, keeper, library, ask, changed } = await docsOf({
    'docs/index.md': '# Gone soon',
    'docs/b.md': '# Stays',
  });
  await world.read('first', reading('pay.yaml', [component('pay')]));
  keeper.start();
  await keeper.settled();
  rmSync(join(folder, 'docs/index.md'));
  commit(folder);
  await changed([]);
  expect((await library())[0]?.pages).toBe(1);
  expect(await ask('gone')).toEqual([]);
  await world.read('first', reading('pay.yaml', []));
  await keeper.settled();
  expect(await library()).toEqual([]);
  expect(await ask('stays')).toEqual([]);
  await keeper.stop();
});

it('answers nothing to what is no word, and takes operators for text', async () => {
  const { world, keeper, ask } = await docsOf({ 'docs/index.md': "# Quotes\n\nIt's a & b | c:* <-> !d" });
  await world.read('first', reading('pay.yaml', [component('pay')]));
  keeper.start();
  await keeper.settled();
  for (const q of ['!!', "' & |", ':*', '<->', "it's", "\\' or 1=1 --"]) {
    await expect(ask(q), q).resolves.toBeInstanceOf(Array);
  }
  await keeper.stop();
});

it('looks once into a folder that many say they are documented in, and where nothing is', async () => {
  const { world, keeper, library, listings } = await docsOf({ 'main.ts': 'export {};\n' });
  const many = Array.from({ length: 40 }, (_, index) =>
    component(`copy-${index}`, '', { 'backstage.io/techdocs-ref': 'dir:.' }),
  );
  await world.read('first', reading('copies.yaml', many));
  keeper.start();
  await keeper.settled();
  expect(await library()).toEqual([]);
  expect(listings()).toBeLessThan(10);
});
