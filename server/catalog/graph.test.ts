import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, testApp } from '#tools/test-app.ts';
import { entity, openTestStore, reading, testCatalog } from '#tools/test-store.ts';
import { graphSchema, impactSchema, pathsSchema } from './contract.ts';
import { registerPortalApi } from './portal-routes.ts';

let app: FastifyInstance;
let close: () => Promise<void>;

/** shop → pay-api (of pay) → db; cache says itself that pay needs it; all but db are in the system money. */
beforeAll(async () => {
  const store = await openTestStore();
  const world = testCatalog(store);
  app = await testApp((server) => registerPortalApi(server, world));
  close = async () => {
    await app.close();
    await store.close();
  };
  const service = { type: 'service', owner: 'payers', system: 'money' };
  await world.read(
    'first',
    reading('all.yaml', [
      entity('Group:payers', {
        type: 'team',
        children: [],
        profile: { displayName: 'Payers', email: 'pay@example.org' },
      }),
      entity('System:money', { owner: 'payers' }),
      entity('Component:pay', { ...service, providesApis: ['pay-api'], dependsOn: ['resource:db'] }),
      entity('Component:pay-part', { ...service, subcomponentOf: 'pay', dependsOn: ['resource:disk'] }),
      entity('Component:shop', { ...service, owner: 'sellers', consumesApis: ['pay-api'] }),
      entity('Component:till', { type: 'service', dependsOn: ['component:shop'] }),
      entity('API:pay-api', { type: 'openapi', definition: '{}', owner: 'payers' }),
      entity('Resource:db', { type: 'database', owner: 'payers' }),
      entity('Resource:cache', { type: 'cache', owner: 'payers', dependencyOf: ['component:pay'] }),
    ]),
  );
});

afterAll(() => close());

const graph = async (query: string) => graphSchema.parse(await ask(app, `/api/catalog/graph?${query}`));
const refs = (nodes: { ref: string }[]) => nodes.map(({ ref }) => ref.replace('default/', ''));

test('an edge points one way, whoever declared it', async () => {
  const { nodes, edges } = await graph('root=component:pay&relations=dependsOn&direction=out');
  expect(refs(nodes)).toEqual(['component:pay', 'resource:cache', 'resource:db']);
  expect(edges).toEqual([
    {
      from: 'component:default/pay',
      to: 'resource:default/cache',
      type: 'dependsOn',
      reverse: 'dependencyOf',
    },
    { from: 'component:default/pay', to: 'resource:default/db', type: 'dependsOn', reverse: 'dependencyOf' },
  ]);
});

test('a relation is meant by either of its names', async () => {
  const forward = await graph('root=resource:cache&relations=dependsOn&direction=in');
  expect(refs(forward.nodes)).toEqual(['resource:cache', 'component:pay']);
  expect(await graph('root=resource:cache&relations=dependencyOf&direction=in')).toEqual(forward);
});

test('goes level by level, through the chosen kinds, to the limit', async () => {
  const near = await graph('root=component:shop&depth=2&kinds=component&kinds=API');
  expect(near.nodes.map(({ ref, distance }) => [ref, distance])).toEqual([
    ['component:default/shop', 0],
    ['api:default/pay-api', 1],
    ['component:default/till', 1],
    ['component:default/pay', 2],
  ]);
  const cut = await graph('root=component:pay&depth=3&limit=4');
  expect([cut.nodes.length, cut.truncated]).toEqual([4, true]);
  expect(near.truncated).toBe(false);
  const only = await graph('root=component:nowhere&depth=2');
  expect(only).toMatchObject({ nodes: [{ exists: false, name: 'nowhere' }], edges: [] });
});

test('finds the ways between two entities', async () => {
  const ways = async (from: string, to: string) =>
    pathsSchema.parse(await ask(app, `/api/catalog/graph/paths?from=${from}&to=${to}`));
  const along = await ways('component:till', 'api:pay-api');
  expect(along.paths.map((path) => path.map(({ type }) => type))).toEqual([['dependsOn', 'consumesApi']]);
  expect(along.nodes.map(({ distance }) => distance)).toEqual([0, 1, 2]);
  const across = await ways('component:till', 'resource:db');
  expect(across.paths[0]?.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['dependsOn', 'dependsOn']),
  );
  expect((await ways('component:till', 'component:nowhere')).paths).toEqual([]);
});

test('tells what breaks, over what, and whom to tell', async () => {
  const impact = impactSchema.parse(await ask(app, '/api/catalog/impact?ref=resource:db'));
  expect(impact.affected.map(({ ref, distance }) => [ref, distance])).toEqual([
    ['component:default/pay', 1],
    ['api:default/pay-api', 2],
    ['component:default/shop', 3],
    ['component:default/till', 4],
  ]);
  expect(impact.affected[2]?.via).toEqual([
    'resource:default/db',
    'component:default/pay',
    'api:default/pay-api',
  ]);
  expect(impact.owners).toEqual([
    { owner: 'group:default/payers', title: 'Payers', email: 'pay@example.org', count: 2 },
    { owner: 'group:default/sellers', title: null, email: null, count: 1 },
    { owner: null, title: null, email: null, count: 1 },
  ]);
});

test('a part breaks what it is a part of, a system its parts, and a system not with one of them', async () => {
  const affected = async (ref: string, depth = 1) =>
    refs(impactSchema.parse(await ask(app, `/api/catalog/impact?ref=${ref}&depth=${depth}`)).affected);
  expect(await affected('resource:disk', 2)).toEqual(['component:pay-part', 'component:pay']);
  expect(await affected('system:money')).toEqual(['component:pay', 'component:pay-part', 'component:shop']);
  expect(await affected('component:till')).toEqual([]);
});
