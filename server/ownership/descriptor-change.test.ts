/** Approvals over a real repository: the change of the descriptor that each opens, and what happens when it is merged. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import { git } from '../../integrations/git/index.ts';
import {
  gitIn,
  newFolder,
  newRepository,
  removeFolders,
  write,
} from '../../integrations/git/source.test-helper.ts';
import { createLog } from '../kernel/log.ts';
import type { Store } from '../kernel/store/store.ts';
import { type ConfiguredSource, SourceManager } from '../sources/index.ts';
import type { OwnershipRequest } from './contract.ts';
import { type OwnershipWorld, ownershipWorld, person } from './ownership-test-support.ts';

let store: Store<TestTables>;
let world: OwnershipWorld;
let manager: SourceManager;

beforeAll(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  await manager.stop();
  await world.app.close();
});
afterAll(async () => {
  removeFolders();
  await store.close();
});

const org = `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: Payers }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: owners }
spec: { type: team, children: [] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: ada }
spec: { memberOf: [payers], profile: { email: ada@example.com } }
`;
const pay = `# Pays.
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: pay
spec:
  type: service
  lifecycle: production # since spring
  owner: "owners"       # the first team
  system: money
`;
const ada = person('ada', ['payers']);
const olga = person('olga', ['owners']);

async function read(folder: string, guarded = false): Promise<void> {
  await clearStore(store);
  world = await ownershipWorld(store, (source, change) => manager.propose(source, change));
  const { catalog, sources, facts, kinds, now } = world;
  const guard = { address: () => Promise.reject(new Error('no network')), path: (path: string) => path };
  const configured: ConfiguredSource = {
    id: 'first',
    integration: 'git',
    title: 'Estate',
    target: folder,
    promiseSeconds: 60,
    workDir: newFolder(),
    source: git.create({ target: folder }),
    ...(guarded && { guard }),
  };
  manager = new SourceManager({
    configured: [configured],
    catalog,
    store: sources,
    facts,
    kinds,
    log: createLog('silent'),
    now,
  });
  await manager.start();
  await vi.waitFor(() => expect(manager.current().ready).toBe(true), { timeout: 60_000, interval: 50 });
}

async function transfer(): Promise<OwnershipRequest> {
  const body = { entity: 'component:pay', to: 'payers', reason: 'We build it' };
  const asked = await world.send<OwnershipRequest>(ada, 'POST', '/api/ownership/requests', body);
  const url = `/api/ownership/requests/${asked.body.id}/decision`;
  return (await world.send<OwnershipRequest>(olga, 'POST', url, { decision: 'approve' })).body;
}
const ownerNow = async () => {
  const found = store.db.selectFrom('entity').select('owner').where('ref', '=', 'component:default/pay');
  return (await found.executeTakeFirst())?.owner;
};
const isOwner = (owner: string) =>
  vi.waitFor(async () => expect(await ownerNow()).toBe(owner), { timeout: 60_000, interval: 50 });

test('an approval opens a branch that changes the owner alone; merged, the descriptor speaks again', async () => {
  const folder = newFolder();
  newRepository(join(folder, 'org'), { 'catalog-info.yaml': org });
  newRepository(join(folder, 'pay'), { 'catalog-info.yaml': pay });
  await read(folder);
  const { id, change } = await transfer();
  const branch = `atrium/owner-of-pay-${id.slice(0, 8)}`;
  expect(change).toMatchObject({ state: 'opened', branch, repository: 'pay', path: 'catalog-info.yaml' });
  expect(change?.patch).toContain(
    '-  owner: "owners"       # the first team\n+  owner: "Payers"       # the first team\n',
  );
  expect(await ownerNow()).toBe('group:default/payers');
  const repository = join(folder, 'pay');
  expect(gitIn(repository, 'diff', '--numstat', 'HEAD', branch)).toBe('1\t1\tcatalog-info.yaml');
  expect(gitIn(repository, 'log', '-1', '--format=%an <%ae>|%s|%b', branch)).toBe(
    'Ada <ada@example.com>|Payers owns pay|We build it\n\nAsked for by Ada and approved in the portal.',
  );
  expect(gitIn(repository, 'status', '--porcelain')).toBe('');
  gitIn(repository, 'merge', '--quiet', branch);
  await vi.waitFor(
    async () => {
      const claims = (await world.catalog.claims(['component:default/pay'])).get('component:default/pay');
      expect(claims?.fields.get('spec.owner')).toMatchObject({ source: 'first', value: 'Payers' });
    },
    { timeout: 60_000, interval: 50 },
  );
  expect(await ownerNow()).toBe('group:default/payers');
  write(repository, { 'catalog-info.yaml': pay.replace('"owners"', 'third') });
  await isOwner('group:default/third');
});

test('an approval over a folder without git has a patch', async () => {
  const folder = newFolder();
  write(folder, { 'org/catalog-info.yaml': org, 'pay/catalog-info.yaml': pay });
  await read(folder);
  const { change } = await transfer();
  expect(change).toMatchObject({ state: 'opened', branch: null, path: 'pay/catalog-info.yaml' });
  expect(change?.patch).toContain('+++ b/pay/catalog-info.yaml');
});

test('what somebody registered is not written to', async () => {
  const folder = newFolder();
  newRepository(join(folder, 'org'), { 'catalog-info.yaml': org });
  newRepository(join(folder, 'pay'), { 'catalog-info.yaml': pay });
  await read(folder, true);
  const { change } = await transfer();
  expect(change).toMatchObject({ state: 'opened', branch: null });
  expect(change?.patch).toContain('+  owner: "Payers"');
  expect(gitIn(join(folder, 'pay'), 'branch', '--list', 'atrium/*')).toBe('');
});

test('where the owner can’t be changed alone, the ownership moves and the request tells so', async () => {
  const folder = newFolder();
  const shared = pay.replace('"owners"', '&o owners').replace('system: money', 'team: *o');
  newRepository(join(folder, 'org'), { 'catalog-info.yaml': org });
  newRepository(join(folder, 'pay'), { 'catalog-info.yaml': shared });
  await read(folder);
  const { state, change } = await transfer();
  expect(state).toBe('approved');
  expect(change).toMatchObject({
    state: 'failed',
    path: 'catalog-info.yaml',
    note: expect.stringContaining('repeat the owner by an alias'),
  });
  expect(await ownerNow()).toBe('group:default/payers');
});
