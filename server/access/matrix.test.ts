import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Permission, permissionRow, permissions, roles } from '#model/permissions.ts';
import {
  type Caller,
  callers,
  type MatrixPortal,
  reportOf,
  startMatrixPortal,
} from './matrix-test-support.ts';

/** What a request needs besides its path to be about an entity; `{uid}` and the like stand for that of the entity. */
interface Sample {
  path?: string;
  body?: object;
}

/**
 * Routes that decide by what a request is about, so it must be valid. `(ref)` gives a request about that entity. A
 * thing that is not there belongs to nobody.
 */
const samples: Record<string, (entity: { ref: string; uid: string }) => Sample> = {
  'POST /api/catalog/refresh': ({ ref }) => ({ body: { entityRef: ref } }),
  'DELETE /api/catalog/entities/by-uid/{uid}': ({ uid }) => ({ path: `/api/catalog/entities/by-uid/${uid}` }),
  'POST /api/ownership/requests': ({ ref }) => ({
    body: { entity: ref, to: 'group:default/owners', reason: 'We run it' },
  }),
  'POST /api/ownership/requests/{id}/decision': () => ({ body: { decision: 'approve' } }),
  'POST /api/templates/plan': ({ ref }) => ({ body: { template: 'template:default/none', entity: ref } }),
  'POST /api/runs': ({ ref }) => ({ body: { template: 'template:default/none', entity: ref } }),
  'POST /api/scaffolder/v2/tasks': () => ({ body: { templateRef: 'template:default/none', values: {} } }),
  'POST /api/scaffolder/v2/dry-run': () => ({
    body: { template: { kind: 'Template' }, values: {}, directoryContents: [] },
  }),
  'POST /api/debt': ({ ref }) => ({ body: { entity: ref, title: 'Old framework', costDays: 3 } }),
  'PATCH /api/debt/{id}': () => ({ body: { state: 'paid' } }),
  'DELETE /api/debt/{id}': () => ({}),
  'POST /api/scores/{kind}/{namespace}/{name}/debt': () => ({
    body: { scorecard: 'scorecard:atrium/ownership', rule: 'system' },
  }),
  'POST /api/exemptions': ({ ref }) => ({
    body: {
      ...{ entity: ref, scorecard: 'scorecard:atrium/ownership', rule: 'owner' },
      ...{ reason: 'It is about to go', until: '2026-12-31' },
    },
  }),
  'POST /api/docs/reports/{id}/close': ({ ref }) => ({ path: `/api/docs/reports/${reportOf(ref)}/close` }),
};
/** Open to all, but it means nothing where people sign in. */
const meansNothing = ['POST /api/session/view-as'];

interface Route {
  method: string;
  path: string;
  permission: Permission | 'public' | undefined;
}

let portal: MatrixPortal;
let routes: Route[];
let uids: Map<string, string>;
let refused = 0;

beforeAll(async () => {
  portal = await startMatrixPortal();
  const headers = portal.headersOf('admin');
  const get = async <T>(path: string) => (await (await fetch(portal.url + path, { headers })).json()) as T;
  const { paths } = await get<{ paths: Record<string, Record<string, Record<string, never>>> }>(
    '/api/openapi.json',
  );
  routes = Object.entries(paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-permission': permission }]) => ({
        method: method.toUpperCase(),
        path,
        permission,
      })),
    )
    .sort((a, b) => Number(endsSession(a)) - Number(endsSession(b)));
  const entities = await get<{ metadata: { name: string; uid: string } }[]>('/api/catalog/entities');
  uids = new Map(entities.map(({ metadata }) => [metadata.name, metadata.uid]));
}, 120_000);
afterAll(() => portal?.stop());

/** Those that end the session by which they are asked come last. */
const endsSession = ({ path }: Route) => path.includes('/sign-out');
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const ID = '00000000-0000-4000-8000-000000000000';

async function statusOf(route: Route, caller: Caller | 'revoked' | 'anonymous'): Promise<number> {
  const name = `of-${caller}`;
  const entity = { ref: `component:default/${name}`, uid: uids.get(name) ?? '' };
  const { path = route.path, body = {} } = samples[nameOf(route)]?.(entity) ?? {};
  const filled = path
    .replace('{kind}', 'component')
    .replace('{namespace}', 'default')
    .replace('{name}', name)
    .replace(/\{\w+\}/g, ID);
  const leaving = route.path === '/api/session/sign-out';
  const headers = caller === 'anonymous' ? {} : portal.headersOf(caller, leaving);
  const sends = !['GET', 'DELETE'].includes(route.method);
  const answer = await fetch(portal.url + filled, {
    method: route.method,
    headers: { ...headers, ...(sends ? { 'content-type': 'application/json' } : {}) },
    ...(sends ? { body: JSON.stringify(body) } : {}),
    redirect: 'manual',
  });
  await answer.body?.cancel();
  if (answer.status === 401 || answer.status === 403) refused += 1;
  return answer.status;
}

async function refusals(): Promise<number> {
  const headers = portal.headersOf('auditor');
  const answer = await fetch(`${portal.url}/api/audit?outcome=refused&limit=1`, { headers });
  return ((await answer.json()) as { total: number }).total;
}

function mayAsk(permission: Permission, caller: Caller): boolean {
  if (caller === 'machine') return permission === portal.scope;
  const { role, ofEntity } = permissionRow(permission);
  const held = caller === 'owner' && !ofEntity ? 'contributor' : caller;
  return roles.indexOf(held) >= roles.indexOf(role);
}

/** What is wrong with the answers to one question, in words. */
async function wrong(route: Route, caller: Caller | 'revoked' | 'anonymous', expected: number | 'passes') {
  const status = await statusOf(route, caller);
  const right = expected === 'passes' ? status !== 401 && status !== 403 : status === expected;
  return right ? [] : [`${nameOf(route)} as ${caller}: ${status} where ${expected} is expected`];
}

test('there are many routes, and each declares a permission that there is', () => {
  expect(routes.length).toBeGreaterThan(60);
  const undeclared = routes.filter(
    ({ permission }) => permission !== 'public' && !permissions.some((name) => name === permission),
  );
  expect(undeclared.map(nameOf)).toEqual([]);
});

test('each that is about an entity has a sample that says how, and no other has been forgotten here', () => {
  const about = routes.filter(
    ({ permission = 'public' }) => permission !== 'public' && permissionRow(permission).ofEntity,
  );
  expect(about.filter((route) => !samples[nameOf(route)]).map(nameOf)).toEqual([]);
  const known = routes.map(nameOf);
  expect(Object.keys(samples).filter((name) => !known.includes(name))).toEqual([]);
});

test('every route lets in whom it should and nobody else', { timeout: 300_000 }, async () => {
  const [found, before] = [[] as string[], await refusals()];
  for (const route of routes) {
    const { permission } = route;
    if (permission === undefined || meansNothing.includes(nameOf(route))) continue;
    if (permission !== 'public') found.push(...(await wrong(route, 'revoked', 401)));
    found.push(...(await wrong(route, 'anonymous', permission === 'public' ? 'passes' : 401)));
    for (const caller of callers) {
      const passes = permission === 'public' || mayAsk(permission, caller);
      found.push(...(await wrong(route, caller, passes ? 'passes' : 403)));
    }
  }
  expect(found).toEqual([]);
  expect(refused).toBeGreaterThan(routes.length);
  expect((await refusals()) - before, 'refusals in the audit').toBe(refused);
});
