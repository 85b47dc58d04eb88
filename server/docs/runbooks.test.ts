import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { clearStore, entity, openTestStore, type TestTables } from '#tools/test-store.ts';
import { removeFolders } from '../../integrations/git/source.test-helper.ts';
import type { Store } from '../kernel/store/store.ts';
import { runbooksSchema } from './contract.ts';
import { at, type DocsWorld, openDocs } from './docs.test-helper.ts';
import { Renderer } from './index.ts';

let store: Store<TestTables>;
let renderer: Renderer;
let world: DocsWorld;

const files = {
  'docs/index.md': '# Start',
  'docs/runbooks/errors.md': '---\nalerts: [HighErrorRate, ErrorBudgetBurn]\n---\n\n# Many errors\n',
  'docs/runbooks/disk-is-full.md': '# The disk is full',
  'docs/error-budget-burn.md': '# About budgets',
};

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

async function open(annotation?: string): Promise<void> {
  const annotations = { ...at('none'), ...(annotation && { 'atrium.dev/runbook': annotation }) };
  const shop = entity('Component:shop', { type: 'service' }, { annotations });
  world = await openDocs(store, renderer, files, { entities: [shop] });
}
const find = async (query: string) => {
  const { status, body } = await world.send(`/api/docs/runbooks?${query}`);
  expect(status).toBe(200);
  return runbooksSchema.parse(body).items;
};
const hrefs = async (query: string) => (await find(query)).map(({ href }) => href);
const pay = '/docs/component/default/pay';

it('is the page whose head names the alert, before one that is called like it', async () => {
  await open();
  expect(await find('alert=HighErrorRate')).toEqual([
    {
      ...{
        ref: 'component:default/pay',
        entity: 'Payments',
        title: 'Many errors',
        href: `${pay}/runbooks/errors`,
      },
      owner: { ref: 'group:default/payers', title: 'Payers', exists: true, email: null },
    },
  ]);
  expect(await hrefs('alert=ErrorBudgetBurn')).toEqual([
    `${pay}/runbooks/errors`,
    `${pay}/error-budget-burn`,
  ]);
  expect(await hrefs('alert=DiskIsFull')).toEqual([`${pay}/runbooks/disk-is-full`]);
  expect(await hrefs('alert=disk_is_full')).toEqual([`${pay}/runbooks/disk-is-full`]);
  expect(await hrefs('alert=Nothing')).toEqual([]);
  expect(await hrefs('alert=---')).toEqual([]);
});

it('is what an annotation names: for one alert, or for all of the entity that the alert is about', async () => {
  await open('SlowCart=runbooks/slow.md, https://wiki.acme.io/shop?x=y');
  expect(await hrefs('alert=SlowCart')).toEqual(['/docs/component/default/shop/runbooks/slow']);
  expect(await hrefs('alert=CartIsEmpty')).toEqual([]);
  expect(await hrefs('alert=CartIsEmpty&entity=shop')).toEqual(['https://wiki.acme.io/shop?x=y']);
  expect(await hrefs('alert=SlowCart&entity=component:default/shop')).toEqual([
    '/docs/component/default/shop/runbooks/slow',
  ]);
  expect(await hrefs('alert=DiskIsFull&entity=shop')).toEqual([
    'https://wiki.acme.io/shop?x=y',
    `${pay}/runbooks/disk-is-full`,
  ]);
});

it('is none that a browser would run', async () => {
  await open('javascript:alert(1)');
  expect(await hrefs('alert=X&entity=shop')).toEqual(['/docs/component/default/shop/javascript%3Aalert(1)']);
});
