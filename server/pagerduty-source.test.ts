/** From PagerDuty to the page of a team: a configured source, run as the portal runs it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clearStore, entity, openTestStore, reading, type TestTables } from '#tools/test-store.ts';
import { pagerduty } from '../integrations/pagerduty/index.ts';
import { configuredSource } from './configured-sources.ts';
import { AddressGuard } from './kernel/address-guard.ts';
import { createFetch } from './kernel/fetch.ts';
import { createLog } from './kernel/log.ts';
import type { Store } from './kernel/store/store.ts';
import { onCallSchema } from './ownership/contract.ts';
import { type OwnershipWorld, ownershipWorld } from './ownership/ownership-test-support.ts';
import { SourceManager } from './sources/index.ts';

const TOKEN = 'a-token-of-pagerduty';
let store: Store<TestTables>;
let world: OwnershipWorld;
let server: Server;
let manager: SourceManager;
let status = 200;

const answer = {
  more: false,
  oncalls: [
    {
      user: { id: 'PADA', name: 'Ada', email: 'ada@example.com' },
      schedule: {
        id: 'PSCHED1',
        summary: 'Primary',
        html_url: 'https://acme.pagerduty.com/schedules#PSCHED1',
      },
      escalation_policy: { id: 'PPOL1', summary: 'Payments' },
      ...{ escalation_level: 1, start: '2026-03-01T08:00:00Z', end: '2026-03-08T08:00:00Z' },
    },
  ],
};

beforeAll(async () => {
  store = await openTestStore();
  await clearStore(store);
  world = await ownershipWorld(store);
  server = createServer((request, response) => {
    const known = request.headers.authorization === `Token token=${TOKEN}`;
    response.writeHead(known ? status : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? answer : { error: { code: 2006 } }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  await world.read(
    'first',
    reading('org.yaml', [
      entity(
        'Group:pagers',
        { type: 'team', children: [], onCall: { timeZone: 'UTC', start: '2026-02-23', people: ['bob'] } },
        { annotations: { 'pagerduty.com/schedule-id': 'PSCHED1' } },
      ),
      entity('User:ada', { memberOf: [], profile: { email: 'ada@example.com' } }),
      entity('User:bob', { memberOf: [] }),
    ]),
  );
  vi.stubEnv('ATRIUM_TEST_PAGERDUTY', TOKEN);
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const source = {
    ...{ id: 'pagerduty', integration: 'pagerduty', target, promiseSeconds: 300 },
    token: { env: 'ATRIUM_TEST_PAGERDUTY' },
  };
  manager = new SourceManager({
    ...{ catalog: world.catalog, store: world.sources, facts: world.facts, kinds: world.kinds },
    ...{ log: createLog('silent'), now: world.now },
    configured: [configuredSource(source, [pagerduty as never], '')],
    fetch: createFetch({ guard: new AddressGuard({ allow: [] }) }),
  });
  await manager.start();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await manager.stop();
  await world.app.close();
  server.close();
  await store.close();
});

const settled = (state: string) =>
  vi.waitFor(() => expect(manager.current().sources[0]?.state).toBe(state), { timeout: 10_000 });
async function onCall() {
  const { source, now } = onCallSchema.parse(await world.get('/api/on-call/group/default/pagers'));
  return [source, now?.person.ref];
}

test('tells who is on call, keeps it while PagerDuty fails, and no longer than it promised', async () => {
  await settled('watching');
  expect(await onCall()).toEqual(['integration', 'user:default/ada']);

  status = 401;
  manager.syncNow('pagerduty');
  await settled('failed');
  const [shown] = (await manager.view()).sources;
  expect(shown?.error).toMatchObject({
    code: 'SOURCE_UNREADABLE',
    message: 'PagerDuty answered with 401: the token is wrong, or may not read',
  });
  expect(await onCall()).toEqual(['integration', 'user:default/ada']);

  world.clock.at = new Date('2026-03-01T12:06:00Z');
  await manager.check();
  expect(await onCall()).toEqual(['rotation', 'user:default/bob']);

  status = 200;
  manager.syncNow('pagerduty');
  await settled('watching');
  expect(await onCall()).toEqual(['integration', 'user:default/ada']);
});
