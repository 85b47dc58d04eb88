import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clearStore, entity, openTestStore, type TestTables } from '#tools/test-store.ts';
import { removeFolders } from '../../../integrations/git/source.test-helper.ts';
import { AddressGuard } from '../../kernel/address-guard.ts';
import { createFetch } from '../../kernel/fetch.ts';
import type { Store } from '../../kernel/store/store.ts';
import { Issues } from '../../notices/index.ts';
import { at, type DocsWorld, openDocs, person } from '../docs.test-helper.ts';
import { Renderer } from '../index.ts';

/** A host of repositories: its issues by number, from 1 on. */
interface Tracker {
  server: Server;
  url: string;
  issues: { title: string; body: string; state: string }[];
  broken: boolean;
}

let store: Store<TestTables>;
let renderer: Renderer;
let tracker: Tracker;
let world: DocsWorld;

beforeAll(async () => {
  store = await openTestStore();
  renderer = new Renderer();
  tracker = await openTracker();
});
beforeEach(async () => {
  await clearStore(store);
  tracker.issues = [];
  tracker.broken = false;
  const hosted = { annotations: { ...at(''), 'github.com/project-slug': 'acme/hosted' } };
  world = await openDocs(
    store,
    renderer,
    { 'docs/index.md': '# Start', 'docs/ops.md': '# Operations' },
    { issues: issuesAt(tracker), entities: [entity('Component:shop', { owner: 'payers' }, hosted)] },
  );
});
afterEach(() => world.close());
afterAll(async () => {
  tracker.server.close();
  removeFolders();
  await renderer.close();
  await store.close();
});

async function openTracker(): Promise<Tracker> {
  const opened: Tracker = { server: createServer(), url: '', issues: [], broken: false };
  opened.server.on('request', async (request, response) => {
    const number = Number(/\/(\d+)$/.exec(request.url ?? '')?.[1] ?? 0);
    const body = request.method === 'GET' ? undefined : ((await json(request)) as Tracker['issues'][number]);
    if (request.method === 'POST' && body) opened.issues.push({ ...body, state: 'open' });
    const told = number > 0 ? opened.issues[number - 1] : opened.issues.at(-1);
    if (request.method === 'PATCH' && told) Object.assign(told, body);
    const at = number || opened.issues.length;
    const one = { ...told, html_url: `https://github.com/acme/hosted/issues/${at}` };
    response.writeHead(opened.broken ? 500 : 200);
    response.end(JSON.stringify(request.method === 'GET' && number === 0 ? [] : one));
  });
  opened.server.listen(0, '127.0.0.1');
  await once(opened.server, 'listening');
  return Object.assign(opened, { url: `http://127.0.0.1:${(opened.server.address() as AddressInfo).port}` });
}

function issuesAt({ url }: Tracker): Issues {
  const token = { reveal: () => 'a-token' } as never;
  return new Issues({
    db: store.db as never,
    hosts: [{ kind: 'github', host: 'github.com', apiUrl: url, token }],
    fetch: createFetch({ guard: new AddressGuard({ allow: [] }), pause: async () => {} }),
  });
}

const ada = person('ada');
const report = (name: string, comment: string, selection?: string) =>
  world.send(
    `/api/docs/reports/component/default/${name}/ops`,
    { comment, ...(selection && { selection }) },
    ada,
  );
const problems = async (name: string) => {
  const { body } = await world.send(`/api/docs/problems?kind=reported&site=component:default/${name}`);
  return body.items as {
    message: string;
    page: string;
    report: { id: string; issue: string | null; mine: boolean };
  }[];
};

it('a report opens an issue with the text that it is about, which calls and hides nobody', async () => {
  const { status, body } = await report(
    'shop',
    'It restarts @everyone.\nSee #12',
    'Press <b>restart</b>\nand wait',
  );
  expect([status, body]).toEqual([
    200,
    { issue: 'https://github.com/acme/hosted/issues/1', note: 'An issue was opened for its owner.' },
  ]);
  const [issue] = tracker.issues;
  expect(issue?.title).toBe('Documentation: It restarts @everyone.');
  expect(issue?.body.replaceAll('\u200b', '|').split('\n').slice(0, 6)).toEqual([
    'Of [Operations](<https://portal.acme.io/docs/component/default/shop/ops>) (`docs/ops.md`), Ada says:',
    '',
    'It restarts @|everyone.',
    'See #|12',
    '',
    '> Press &lt;b&gt;restart&lt;/b&gt;',
  ]);
  expect((await problems('shop'))[0]).toMatchObject({
    page: 'ops',
    message: 'A reader says: It restarts @everyone. See #12 (of “Press <b>restart</b> and wait”)',
    remedy: 'Mend it, then close https://github.com/acme/hosted/issues/1.',
    report: { issue: 'https://github.com/acme/hosted/issues/1' },
  });
  expect(world.audit.at(-1)).toMatchObject({ by: 'user:default/ada', target: 'component:default/shop' });
});

it('a report goes when its issue is closed', async () => {
  await report('shop', 'It is wrong');
  await world.feedback.followIssues();
  expect(await problems('shop')).toHaveLength(1);
  Object.assign(tracker.issues[0] ?? {}, { state: 'closed' });
  tracker.broken = true;
  await world.feedback.followIssues();
  expect(await problems('shop')).toHaveLength(1);
  tracker.broken = false;
  await world.feedback.followIssues();
  expect(await problems('shop')).toEqual([]);
});

it('a report closes its issue with it', async () => {
  await report('shop', 'It is wrong');
  const [problem] = await problems('shop');
  expect(problem?.report.mine).toBe(false);
  const { body } = await world.send('/api/docs/problems?kind=reported', undefined, person('pat', ['payers']));
  expect(body.items[0].report.mine).toBe(true);
  expect((await world.send(`/api/docs/reports/${problem?.report.id}/close`, {})).status).toBe(204);
  expect(tracker.issues[0]?.state).toBe('closed');
  expect(await problems('shop')).toEqual([]);
});

it('a report stays on the page where there is no tracker, or it does not answer, and says so', async () => {
  expect((await report('pay', 'It is wrong')).body).toEqual({
    issue: null,
    note: 'It is shown on the page until its owner closes it: no issue tracker is configured for the repository.',
  });
  tracker.broken = true;
  const { status, body } = await report('shop', 'It is wrong');
  expect([status, body.issue]).toEqual([200, null]);
  expect(body.note).toMatch(/no issue could be opened. github.com answered with 500/);
  await world.settled();
  for (const name of ['pay', 'shop']) expect(await problems(name)).toHaveLength(1);
  expect(await world.facts.of('component:default/pay')).toMatchObject([{ value: { reported: 1 } }]);
  const [problem] = await problems('pay');
  await world.send(`/api/docs/reports/${problem?.report.id}/close`, {});
  expect(await problems('pay')).toEqual([]);
  await world.settled();
  expect(await world.facts.of('component:default/pay')).toMatchObject([{ value: { reported: 0 } }]);
});

it('a report is of a page that there is, says something, and is not the twenty-first in an hour', async () => {
  const to = (path: string, body: object) =>
    world.send(`/api/docs/reports/component/default/${path}`, body, ada);
  expect((await to('pay/nowhere', { comment: 'It is wrong' })).status).toBe(404);
  expect((await to('none/', { comment: 'It is wrong' })).status).toBe(404);
  expect((await to('pay/', { comment: ' x ' })).status).toBe(400);
  expect((await world.send('/api/docs/reports/00000000-0000-4000-8000-000000000000/close', {})).status).toBe(
    404,
  );
  for (let count = 0; count < 20; count++) await report('pay', `It is wrong: ${count}`);
  const { status, body } = await report('pay', 'It is wrong again');
  expect([status, body.error.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
  world.at('2026-03-01T13:00:01Z');
  expect((await report('pay', 'It is wrong again')).status).toBe(200);
});
describe('whether a page was useful', () => {
  const say = (useful: boolean | null, by = ada) =>
    world.send('/api/docs/useful/component/default/pay/ops', { useful }, by);
  const told = async (by = ada) =>
    (await world.send('/api/docs/pages/component/default/pay/ops', undefined, by)).body.useful;

  it('is one answer of each reader, who may take it back', async () => {
    expect((await say(true)).status).toBe(204);
    await say(true);
    await say(false, person('bob'));
    expect(await told()).toEqual({ yes: 1, no: 1, mine: true });
    expect(await told(person('eve'))).toEqual({ yes: 1, no: 1, mine: null });
    await say(false);
    expect(await told()).toEqual({ yes: 0, no: 2, mine: false });
    await say(null);
    expect(await told()).toEqual({ yes: 0, no: 1, mine: null });
    expect(world.audit.map(({ permission, target }) => [permission, target])).toContainEqual([
      'docs.respond',
      'component:default/pay',
    ]);
  });
});
