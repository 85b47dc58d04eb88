/** Issues at hosts that answer as GitHub and GitLab do. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { AddressGuard } from '#server/kernel/address-guard.ts';
import { createFetch } from '#server/kernel/fetch.ts';
import type { Store } from '#server/kernel/store/store.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import { Issues } from './issues.ts';

let store: Store<TestTables>;
let server: Server;
let url: string;
/** By path of their list. */
const lists = new Map<string, Record<string, unknown>[]>();
let token: string | undefined;

const names = { github: ['number', 'html_url'], gitlab: ['iid', 'web_url'] } as const;

async function answer(request: IncomingMessage): Promise<unknown> {
  const { pathname } = new URL(request.url ?? '', url);
  token = request.headers.authorization;
  const [, list = '', number] = /^(.+\/issues)(?:\/(\d+))?$/.exec(pathname) ?? [];
  const issues = lists.get(list);
  if (!issues) return undefined;
  if (request.method === 'GET') return number ? issues[Number(number) - 1] : issues;
  const body = JSON.parse(await text(request)) as Record<string, unknown>;
  if (number) return Object.assign(issues[Number(number) - 1] ?? {}, body);
  const [numbered, addressed] = names[list.startsWith('/projects') ? 'gitlab' : 'github'];
  const made = {
    ...body,
    [numbered]: issues.length + 1,
    [addressed]: `${url}/web${list}/${issues.length + 1}`,
  };
  issues.push(made);
  return made;
}

beforeAll(async () => {
  store = await openTestStore();
  server = createServer(async (request, response) => {
    const said = await answer(request);
    response.writeHead(said === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(said ?? {}));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  await clearStore(store);
  lists.clear();
  lists.set('/repos/acme/cart/issues', []);
  lists.set('/projects/acme%2Fpay/issues', []);
  const annotated = (name: string, annotations: Record<string, string>) =>
    entity(`Component:${name}`, { type: 'service', lifecycle: 'production', owner: 'core' }, { annotations });
  const { read } = testCatalog(store);
  await read(
    'first',
    reading('a.yaml', [
      annotated('cart', { 'github.com/project-slug': 'acme/cart' }),
      annotated('pay', { 'gitlab.com/project-slug': 'acme/pay' }),
      annotated('gone', { 'github.com/project-slug': 'acme/gone' }),
      annotated('local', {}),
    ]),
  );
});
afterAll(async () => {
  server.close();
  await store.close();
});

function openIssues(kinds: ('github' | 'gitlab')[] = ['github', 'gitlab']): Issues {
  const secret = { reveal: () => 'a-token' } as never;
  const hosts = kinds.map((kind) => ({ kind, host: `${kind}.com`, apiUrl: url, token: secret }));
  const fetch = createFetch({ guard: new AddressGuard({ allow: [] }) });
  return new Issues({ db: store.db as never, hosts, fetch });
}

const wanted = (name: string) => ({
  entity: `component:default/${name}`,
  title: 'Runbooks',
  body: 'Still to do.',
  key: `campaign:default/runbooks ${name}`,
});

it.each([
  ['github', 'cart', '/repos/acme/cart/issues', { state: 'closed' }],
  ['gitlab', 'pay', '/projects/acme%2Fpay/issues', { state_event: 'close' }],
] as const)('opens one at %s once, and closes it', async (_, name, list, closed) => {
  const issues = openIssues();
  const first = await issues.open(wanted(name));
  expect(await issues.open(wanted(name))).toBe(first);
  expect(lists.get(list)).toHaveLength(1);
  expect(lists.get(list)?.[0]).toMatchObject({ title: 'Runbooks' });
  expect(token).toBe('Bearer a-token');
  const isClosed = () => issues.isClosed(`component:default/${name}`, first ?? '');
  expect(await isClosed()).toBe(false);
  await issues.close(`component:default/${name}`, first ?? '');
  expect(lists.get(list)?.[0]).toMatchObject(closed);
  // What closes one at GitLab is an event, and its state follows.
  Object.assign(lists.get(list)?.[0] ?? {}, { state: 'closed' });
  expect(await isClosed()).toBe(true);
});

it('opens none for what names no repository at a configured host', async () => {
  expect(await openIssues().open(wanted('local'))).toBeNull();
  expect(await openIssues(['github']).open(wanted('pay'))).toBeNull();
  expect(openIssues([]).missing).toContain('actions.hosts');
  expect(await openIssues().isClosed('component:default/local', 'https://x.example/1')).toBeUndefined();
});

it('says which host did not take it', async () => {
  await expect(openIssues().open(wanted('gone'))).rejects.toThrow('github.com answered with 404');
});
