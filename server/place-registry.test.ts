/** What steps register and take back, over real sources and a real store. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { integrations } from '#integrations/registry.ts';
import type { Entity } from '#model/entity.ts';
import { clearStore, openTestStore, type TestTables, testCatalog } from '#tools/test-store.ts';
import { ownActions, type StepAction } from './actions/index.ts';
import { AddressGuard } from './kernel/address-guard.ts';
import { createLog } from './kernel/log.ts';
import type { Store } from './kernel/store/store.ts';
import { locationGuard } from './location-guard.ts';
import { placeRegistry } from './place-registry.ts';
import { registeredLocations } from './registered-locations.ts';
import { SourceManager } from './sources/index.ts';

let store: Store<TestTables>;
let root: string;
let manager: SourceManager;
let register: StepAction;
let log: string[] = [];

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await clearStore(store);
  log = [];
  root = realpathSync(mkdtempSync(join(tmpdir(), 'atrium-registry-')));
  for (const name of ['cart', 'shop']) {
    mkdirSync(join(root, name));
    const text = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: team-a }
`;
    writeFileSync(join(root, name, 'catalog-info.yaml'), text);
  }
  const { catalog, kinds, sources, facts, now, db } = testCatalog(store);
  const silent = createLog('silent');
  manager = new SourceManager({ configured: [], catalog, store: sources, facts, kinds, log: silent, now });
  const guard = locationGuard(new AddressGuard({ allow: [] }), { signIn: [] }, [{ target: root }]);
  const dataDir = join(root, 'data');
  const locations = registeredLocations({
    ...{ db, catalog, manager, integrations, dataDir, kinds, log: silent, now, guard },
  });
  const actions = ownActions({ registry: placeRegistry({ db, locations, now }) } as never);
  const found = actions.find(({ id }) => id === 'catalog:register');
  if (!found) throw new Error('There is no catalog:register');
  register = found;
  await manager.start();
});
afterEach(async () => {
  await manager.stop();
  rmSync(root, { recursive: true });
});

const addressOf = (name: string) => `file://${root}/${name}/catalog-info.yaml`;
const contextOf = (name: string, key: string) => ({
  input: { catalogInfoUrl: addressOf(name) },
  workspace: root,
  key,
  runId: 'run',
  user: { ref: 'user:default/ada', entity: null },
  template: { ref: 'template:default/service', entity: {} as Entity },
  entity: null,
  log: { info: (message: string) => log.push(message), warn: (message: string) => log.push(message) },
  signal: new AbortController().signal,
});
type Context = ReturnType<typeof contextOf>;

async function run(context: Context) {
  const outcome = await register.run(context);
  if (!('output' in outcome)) throw new Error('It is not over');
  return outcome.output;
}
async function undo(context: Context, output: Record<string, unknown>) {
  if (register.effect !== 'outside' || !register.undo) throw new Error('It has no undo');
  return register.undo.run(context, output);
}
const targets = async () => {
  const rows = await store.db.selectFrom('location').select('target').orderBy('target').execute();
  return rows.map(({ target }) => target);
};

it('takes back what it registered, and what others registered stays', async () => {
  const [cart, shop] = [contextOf('cart', 'run-1/register'), contextOf('shop', 'run-2/register')];
  const output = await run(cart);
  expect(output).toEqual({
    catalogInfoUrl: addressOf('cart'),
    entityRef: 'component:default/cart',
  });
  await run(shop);
  expect(await targets()).toEqual([addressOf('cart'), addressOf('shop')]);
  await undo(cart, output);
  expect(await targets()).toEqual([addressOf('shop')]);
  // A process can end in it, so it may be done twice.
  await undo(cart, output);
  expect(await targets()).toEqual([addressOf('shop')]);
});

it('leaves what was registered before, and says so', async () => {
  await run(contextOf('cart', 'run-1/register'));
  const again = contextOf('cart', 'run-2/register');
  await undo(again, await run(again));
  expect(await targets()).toEqual([addressOf('cart')]);
  expect(log.at(-1)).toBe(`${addressOf('cart')} stays: it was not this step that registered it`);
});

it('knows its own after the process died in it', async () => {
  const context = contextOf('cart', 'run-1/register');
  await run(context);
  await undo(context, await run(context));
  expect(await targets()).toEqual([]);
});
