import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import { removeFolders } from '../../../integrations/git/source.test-helper.ts';
import type { Store } from '../../kernel/store/store.ts';
import { problemsSchema } from '../contract.ts';
import { at, type DocsWorld, openDocs, person, remove } from '../docs.test-helper.ts';
import { Renderer } from '../index.ts';

let store: Store<TestTables>;
let renderer: Renderer;
let world: DocsWorld;

beforeAll(async () => {
  store = await openTestStore();
  renderer = new Renderer();
});
beforeEach(() => clearStore(store));
afterEach(() => world.close());
afterAll(async () => {
  removeFolders();
  await renderer.close();
  await store.close();
});

async function open(
  files: Record<string, string>,
  options: Parameters<typeof openDocs>[3] = {},
): Promise<void> {
  world = await openDocs(store, renderer, files, options);
}
const list = async (query = '') => {
  const { status, body } = await world.send(`/api/docs/problems${query}`);
  expect(status).toBe(200);
  return problemsSchema.parse(body);
};
const told = async (query = '') =>
  (await list(query)).items.map(({ page, kind, line }) => [page, kind, line]).sort();
const facts = async (name: string) => {
  const found = await world.facts.of(`component:default/${name}`);
  return found.find((fact) => fact.name === 'docs')?.value;
};

/** Written apart, so that it is no open task of ours. */
const task = `${['TO', 'DO'].join('')}: say more.`;
const start = `# Start\n\n[ops](ops.md#on-call) ![flow](flow.png)\n\n${task}\n\n[gone](gone.md)\n`;
const ops = '# Operations\n\n## On call\n\nRead [start](index.md).\n';

it('lists what is wrong by kind and owner, with the page, its line and since when', async () => {
  await open({ 'docs/index.md': start, 'docs/ops.md': ops, 'src/app.ts': '' });
  expect(await told()).toEqual([
    ['', 'broken-link', 7],
    ['', 'missing-image', 3],
    ['', 'todo', 5],
  ]);
  const { items, total, byKind, byOwner } = await list('?kind=broken-link');
  expect({ total, byKind, byOwner: byOwner.map(({ owner, count }) => [owner?.title, count]) }).toEqual({
    total: 1,
    byKind: { 'broken-link': 1, 'missing-image': 1, todo: 1 },
    byOwner: [['Payers', 3]],
  });
  expect(items[0]).toEqual({
    ...{ kind: 'broken-link', page: '', title: 'Start', line: 7, since: '2026-03-01T12:00:00.000Z' },
    message: 'It links to gone.md, which is not there',
    remedy: 'Name a file that is there, or take the link out.',
    ...{ ref: 'component:default/pay', entity: 'Payments' },
    owner: { ref: 'group:default/payers', title: 'Payers', exists: true, email: null },
  });
  expect((await list('?owner=payers')).total).toBe(3);
  expect((await list('?owner=none')).total).toBe(0);
  expect((await list('?site=component:default/other')).total).toBe(0);
  expect((await world.send('/api/docs/problems?kind=nothing')).status).toBe(400);
  const page = await world.send('/api/docs/pages/component/default/pay/');
  expect(page.body.problems.map(({ line }: { line: number }) => line)).toEqual([3, 5, 7]);
});

it('keeps since when a problem is there, and drops what was mended', async () => {
  await open({ 'docs/index.md': start, 'docs/ops.md': ops });
  world.at('2026-03-05T12:00:00Z');
  await world.save({
    'docs/index.md': `# Start\n\nMore.\n${start.replace(task, '')}\n[new](new.md)`,
  });
  const { items } = await list();
  expect(items.map(({ message, since }) => [message, since.slice(0, 10)])).toEqual([
    ['It links to new.md, which is not there', '2026-03-05'],
    ['It shows flow.png, which is not there', '2026-03-01'],
    ['It links to gone.md, which is not there', '2026-03-01'],
  ]);
  expect(world.told).toContain('component:default/pay');
  await world.save({ 'docs/index.md': '# Start' });
  expect(await told()).toEqual([]);
});

it('finds a broken anchor on a page that was not changed, and none that something else has', async () => {
  await open({ 'docs/index.md': '# Start\n\n[a](ops.md#on-call) [b](ops.md#here)', 'docs/ops.md': ops });
  expect(await told()).toEqual([['', 'broken-anchor', 3]]);
  await world.save({ 'docs/ops.md': '# Operations\n\n<a id="here"></a>\n' });
  const { items } = await list();
  expect(items.map(({ page, message }) => [page, message])).toEqual([
    ['', 'It links to ops.md#on-call, and no heading of “Operations” is called so'],
  ]);
});

it('finds names of code that is no more, and pages older than the code', async () => {
  const page = '# Pay\n\nCall `retryPayment()` of `src/retry.ts`, not `kubectl.get()` or `src/app.ts`.\n';
  await open({
    'docs/index.md': '# Start',
    'src/app.ts': 'start()',
    'src/retry.ts': 'function retryPayment() {}',
  });
  await world.save({ 'docs/pay.md': page }, '2025-01-02');
  expect(await told()).toEqual([]);
  remove(world.folder, 'src/retry.ts', '2025-02-03');
  for (const day of ['2025-03-01', '2025-04-01', '2025-05-01']) {
    const files = Array.from({ length: 4 }, (_, index) => [`src/${day}-${index}.ts`, `${index}`]);
    await world.save(Object.fromEntries(files), day);
  }
  // Nothing of the page is other than before.
  world.care.heed(['component:default/pay']);
  await world.settled();
  const { items } = await list();
  expect(items.filter(({ page: address }) => address === 'pay').map(({ message }) => message)).toEqual([
    'It was changed last on 2025-01-02; 13 files of the code were changed since, the last on 2025-05-01',
    'It names retryPayment(), and the code has no retryPayment any more',
    'It names src/retry.ts, which left the code on 2025-02-03',
  ]);
});

it('looks at the folder of an entity in a repository of many, and lets links lead out of it', async () => {
  const files = {
    'pay/docs/index.md': '# Pay\n\n[a](../../shared/lib.ts) [b](../src/pay.ts) [c](../../shared/gone.ts)',
    'pay/src/pay.ts': '',
    'shared/lib.ts': '',
  };
  const parts = entity('Component:part', { type: 'service' }, { annotations: at('pay') });
  await open(files, { entities: [parts] });
  expect((await list('?site=component:default/part')).items.map(({ message }) => message)).toEqual([
    'It links to ../../shared/gone.ts, which is not there',
  ]);
});

it('gives rules of scorecards something to go by, and takes it away with the site', async () => {
  await open({ 'docs/index.md': start, 'docs/ops.md': ops });
  const counts = {
    brokenLinks: 1,
    brokenAnchors: 0,
    missingImages: 1,
    deadLinks: 0,
    missingCode: 0,
    todos: 1,
  };
  expect(await facts('pay')).toEqual({ pages: 2, ...counts, outdated: 0, reported: 0 });
  for (const name of ['ada', 'bob', 'eve']) {
    await world.send('/api/docs/useful/component/default/pay/ops', { useful: name !== 'eve' }, person(name));
  }
  await world.settled();
  expect(await facts('pay')).toMatchObject({ useful: 0.67 });
  await world.read(
    'first',
    reading('catalog-info.yaml', [entity('Group:payers', { type: 'team', children: [] })]),
  );
  await world.settled();
  expect(await facts('pay')).toBeUndefined();
  expect(await told()).toEqual([]);
  expect(await store.db.selectFrom('doc_problem').selectAll().execute()).toEqual([]);
});

it('tells of links of the Internet that are dead, as long as they are', async () => {
  await open({
    'docs/index.md': '# Start\n\n[a](https://acme.io/gone#x)\n\n[own](https://portal.acme.io/docs)',
  });
  expect(await store.db.selectFrom('doc_link').select('url').execute()).toEqual([
    { url: 'https://acme.io/gone' },
  ]);
  expect(await told()).toEqual([]);
  await store.db.updateTable('doc_link').set({ status: 404, asked_at: new Date() }).execute();
  world.care.heedLinks(['https://acme.io/gone']);
  await world.settled();
  expect((await list()).items.map(({ message, line }) => [message, line])).toEqual([
    ['It links to https://acme.io/gone#x, which answers with 404', 3],
  ]);
  await store.db.updateTable('doc_link').set({ status: 200 }).execute();
  world.care.heedLinks(['https://acme.io/gone']);
  await world.settled();
  expect(await told()).toEqual([]);
});

it('counts dead links once all were asked, and none where there is nothing to ask', async () => {
  await open({ 'docs/index.md': '# Start\n\n[a](https://acme.io/gone) [b](https://acme.io/there)' });
  expect(await facts('pay')).not.toHaveProperty('deadLinks');
  const answers = async (url: string, status: number) => {
    await store.db
      .updateTable('doc_link')
      .set({ status, asked_at: new Date() })
      .where('url', '=', url)
      .execute();
    world.care.heedLinks([url]);
    await world.settled();
  };
  await answers('https://acme.io/gone', 404);
  expect(await facts('pay')).not.toHaveProperty('deadLinks');
  await answers('https://acme.io/there', 200);
  expect(await facts('pay')).toMatchObject({ deadLinks: 1 });
  await world.save({ 'docs/index.md': '# Start\n\n[c](https://acme.io/new)' });
  expect(await facts('pay')).not.toHaveProperty('deadLinks');
  await world.save({ 'docs/index.md': '# Start\n\n[d](https://docs.example.com)' });
  expect(await facts('pay')).toMatchObject({ deadLinks: 0 });
});
