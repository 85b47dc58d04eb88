/** What people register through the API is read by the server: these tests try to make it read what it must not. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { integrations } from '#integrations/registry.ts';
import { ask, testApp } from '#tools/test-app.ts';
import { clearStore, openTestStore, type TestTables, testCatalog } from '#tools/test-store.ts';
import { registerBackstageApi } from './catalog/routes.ts';
import { AddressGuard } from './kernel/address-guard.ts';
import { createLog } from './kernel/log.ts';
import type { Store } from './kernel/store/store.ts';
import { locationGuard } from './location-guard.ts';
import { registeredLocations } from './registered-locations.ts';
import { SourceManager } from './sources/index.ts';

const signIn = [{ kind: 'github', id: 'github' }] as never;
let store: Store<TestTables>;
let root: string;
let inside: Server & { asked?: string[] };
let app: FastifyInstance;
let manager: SourceManager;

beforeAll(async () => {
  store = await openTestStore();
  const asked: string[] = [];
  inside = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('the inside');
  });
  inside.asked = asked;
  await new Promise<void>((done) => inside.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  inside.close();
  await store.close();
});
beforeEach(async () => {
  await clearStore(store);
  root = realpathSync(mkdtempSync(join(tmpdir(), 'atrium-locations-')));
  write('estate/cart/catalog-info.yaml', entity('cart'));
  write('secret/catalog-info.yaml', entity('secret'));
});
afterEach(async () => {
  await manager.stop();
  await app.close();
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function entity(name: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: team-a }
`;
}

/** A portal whose one configured source is the folder `estate`. */
async function start(access: { signIn: never[] } = { signIn }): Promise<void> {
  const { catalog, cache, columns, kinds, sources, facts, now, db } = testCatalog(store);
  const log = createLog('silent');
  manager = new SourceManager({ configured: [], catalog, store: sources, facts, kinds, log, now });
  const addresses = new AddressGuard({ allow: [] });
  const guard = locationGuard(addresses, access, [{ target: join(root, 'estate') }]);
  const dataDir = join(root, 'data');
  const deps = { db, catalog, manager, integrations, dataDir, kinds, log, now, guard };
  const locations = registeredLocations(deps);
  app = await testApp((server) =>
    registerBackstageApi(server, { db, cache, columns, kinds, now, ...locations }),
  );
  await locations.resume();
  await manager.start();
}

const post = (target: string, query = '', type = 'url') =>
  app.inject({ method: 'POST', url: `/api/catalog/locations${query}`, payload: { type, target } });

const names = async () => {
  const entities = await ask<{ kind: string; metadata: { name: string } }[]>(app, '/api/catalog/entities');
  return entities.filter(({ kind }) => kind === 'Component').map(({ metadata }) => metadata.name);
};

describe.each([
  ['registering', ''],
  ['trying', '?dryRun=true'],
])('%s a location', (_what, query) => {
  beforeEach(() => start());

  it.each(['url', 'file'])('of type %s does not reach the inside of a network', async (type) => {
    const { port } = inside.address() as AddressInfo;
    const hosts = ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:7f00:1]', 'localhost', 'user:pw@127.0.0.1'];
    for (const host of hosts) {
      const answer = await post(`http://${host}:${port}/repo.git`, query, type);
      expect(answer.json().error).toMatchObject({ code: 'ADDRESS_REFUSED', name: 'NotAllowedError' });
    }
    expect((await post('http://169.254.169.254/latest/', query, type)).statusCode).toBe(403);
    expect(inside.asked).toEqual([]);
  });

  it.each(['gopher://example.com/x', 'ftp://example.com/x', 'git://example.com/x', 'ext::sh -c id'])(
    'does not speak the protocol of %s',
    async (target) => {
      expect((await post(target, query)).statusCode).toBe(403);
    },
  );

  it.each([
    '/etc',
    'file:///etc',
    '{root}/secret',
    '{root}/secret/catalog-info.yaml',
    'file://{root}/secret/catalog-info.yaml',
    '{root}/estate/../secret',
    '{root}/estate-of-another',
    '{root}/estate/link',
    '{root}/estate/link/catalog-info.yaml',
    '{root}',
  ])('does not read %s', async (target) => {
    symlinkSync(join(root, 'secret'), join(root, 'estate/link'));
    const answer = await post(target.replace('{root}', root), query);
    expect([403, 502]).toContain(answer.statusCode);
    expect(answer.json().error.code).toMatch(/PATH_REFUSED|SOURCE_UNREADABLE/);
    expect(await names()).toEqual([]);
  });
});

describe('a registered location', () => {
  it('may lie below what the configuration names, and links in it lead nowhere', async () => {
    symlinkSync(join(root, 'secret'), join(root, 'estate/cart/link'));
    symlinkSync(join(root, 'secret/catalog-info.yaml'), join(root, 'estate/cart/other.yaml'));
    write(
      'estate/cart/catalog-info.yaml',
      `${entity('cart')}---
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: all }
spec: { targets: [./other.yaml, ./link/catalog-info.yaml, "./*/catalog-info.yaml"] }
`,
    );
    await start();
    expect((await post(join(root, 'estate/cart'))).statusCode).toBe(201);
    await vi.waitFor(async () => expect(await names()).toEqual(['cart']), { timeout: 10_000 });
    await vi.waitFor(() => expect(manager.current().ready).toBe(true), { timeout: 10_000 });
    expect(await names()).toEqual(['cart']);
  });

  it('is read anew when somebody asks for it', async () => {
    await start();
    await post(join(root, 'estate/cart'));
    const [location] = await store.db.selectFrom('location').selectAll().execute();
    const synced = vi.spyOn(manager, 'syncNow');
    const payload = { entityRef: location?.entity_ref };
    await app.inject({ method: 'POST', url: '/api/catalog/refresh', payload });
    expect(synced.mock.calls.flat()).toContain(`location:${location?.id}`);
  });

  it('says nothing of people and groups, so that nobody can make themselves a member of one', async () => {
    write(
      'estate/cart/catalog-info.yaml',
      `${entity('cart')}---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: admins }
spec: { type: team, children: [], members: [mallory] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: mallory }
spec: { memberOf: [admins] }
`,
    );
    await start();
    const place = join(root, 'estate/cart');
    const tried = (await post(place, '?dryRun=true')).json<{ entities: { kind: string }[] }>();
    expect(tried.entities.map(({ kind }) => kind)).toEqual(['Location', 'Component']);
    expect((await post(place)).statusCode).toBe(201);
    await vi.waitFor(async () => expect(await names()).toEqual(['cart']), { timeout: 10_000 });
    const all = await ask<{ kind: string }[]>(app, '/api/catalog/entities');
    expect(all.map(({ kind }) => kind).sort()).toEqual(['Component', 'Location']);
    const rows = await store.db.selectFrom('part').select('problems').execute();
    expect(JSON.stringify(rows)).toContain('A registered location can’t describe user:default/mallory');
    expect(
      await store.db.selectFrom('relation').selectAll().where('type', '=', 'hasMember').execute(),
    ).toEqual([]);
  });

  it('that was allowed once is not read any more when the configuration no longer allows it', async () => {
    await start({ signIn: [] });
    expect((await post(join(root, 'secret'))).statusCode).toBe(201);
    await vi.waitFor(async () => expect(await names()).toEqual(['secret']), { timeout: 10_000 });
    await manager.stop();
    await app.close();
    await start();
    const codes = async () => (await manager.view()).sources.map(({ error }) => error?.code);
    await vi.waitFor(async () => expect(await codes()).toEqual(['PATH_REFUSED']), { timeout: 10_000 });
  });

  it('may be anywhere for the one person of a local portal', async () => {
    await start({ signIn: [] });
    expect((await post(join(root, 'secret'), '?dryRun=true')).json().entities).toHaveLength(2);
  });
});
