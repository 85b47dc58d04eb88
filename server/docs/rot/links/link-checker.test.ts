import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import { AddressGuard } from '../../../kernel/address-guard.ts';
import { createFetch } from '../../../kernel/fetch.ts';
import { createLog } from '../../../kernel/log.ts';
import type { Store } from '../../../kernel/store/store.ts';
import type { DocDb } from '../../tables.ts';
import { pagesOf } from '../page.test-helper.ts';
import { LinkChecker } from './link-checker.ts';
import { allAsked, deadLinks, linksOf, rememberLinks } from './link-store.ts';

const OUTSIDE = '127.0.0.2';
const DAY_MS = 24 * 3_600_000;

let store: Store<TestTables>;
let db: Kysely<DocDb>;
let server: Server;
let port: number;
/** What was asked, and by the clock of the test when. */
let asked: { line: string; host: string; at: number; agent: string }[] = [];
let robots: string | undefined;
let clock: number;

beforeAll(async () => {
  store = await openTestStore();
  db = store.db as never;
  server = createServer((request, response) => {
    const [status, body] = answerTo(request);
    asked.push({
      line: `${request.method} ${request.url}`,
      host: request.headers.host?.replace(/:\d+$/, '') ?? '',
      at: clock,
      agent: request.headers['user-agent'] ?? '',
    });
    response.writeHead(status, status === 302 ? { location: '/there' } : {}).end(body);
  });
  server.listen(0, OUTSIDE);
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
beforeEach(async () => {
  await clearStore(store);
  [asked, robots, clock] = [[], undefined, Date.parse('2026-03-01T12:00:00Z')];
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});

function answerTo({ url = '', method }: IncomingMessage): [number, string] {
  if (url === '/robots.txt') return robots === undefined ? [404, ''] : [200, robots];
  if (url === '/no-head') return method === 'HEAD' ? [405, ''] : [200, 'here'];
  const [, status] = /^\/(\d{3})/.exec(url) ?? [];
  return [Number(status ?? 200), ''];
}

/** A portal whose names all lead to the server, but for those that are not known or lie inside. */
function checkerOf(turned: string[] = []): LinkChecker {
  const resolve = async (host: string) => {
    if (host.startsWith('unknown')) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    return host.startsWith('inside') ? ['127.0.0.1'] : [OUTSIDE];
  };
  return new LinkChecker({
    ...{ db, log: createLog('silent'), now: () => new Date(clock), random: () => 0.5 },
    fetch: createFetch({ guard: new AddressGuard({ allow: [OUTSIDE], resolve }) }),
    origin: () => 'https://portal.acme.io',
    onTurned: (urls) => turned.push(...urls),
    pause: async (ms) => {
      clock += ms;
    },
  });
}

const at = (path: string, host = 'one.acme.io') => `http://${host}:${port}${path}`;
const remember = (...urls: string[]) => rememberLinks(db, urls, new Date(clock));
const lines = () => asked.map(({ line }) => line);
async function dead(...urls: string[]): Promise<string[]> {
  const text = urls.map((url) => `[x](${url})`).join('\n\n');
  const found = await deadLinks(db, pagesOf({ 'docs/index.md': text }), new Set());
  return found.map(({ message, line }) => `${line}: ${message.replace(`:${port}`, '')}`);
}

it('asks each link once by HEAD, and by GET where that is refused, and says who asks', async () => {
  await remember(at('/there'), at('/no-head'), at('/404'), at('/302'), at('/500'), at('/429'));
  const turned: string[] = [];
  await checkerOf(turned).round();
  expect(lines().toSorted()).toEqual(
    [
      ...['GET /robots.txt', 'HEAD /there', 'HEAD /no-head', 'GET /no-head', 'HEAD /404', 'GET /404'],
      ...['HEAD /302', 'HEAD /there', 'HEAD /500', 'GET /500', 'HEAD /429'],
    ].toSorted(),
  );
  expect(new Set(asked.map(({ agent }) => agent))).toEqual(
    new Set(['Atrium-link-check/1 (+https://portal.acme.io)']),
  );
  // Of each something is known for the first time, be it that nothing can be told.
  expect(turned).toHaveLength(6);
  expect(await allAsked(db, [at('/there'), at('/500'), at('/429')])).toBe(true);
  expect(await dead(at('/there'), at('/404'), at('/500'), at('/429'))).toEqual([
    '3: It links to http://one.acme.io/404, which answers with 404',
  ]);
});

it('asks a host once in a second, and none while another waits', async () => {
  await remember(...['/1', '/2', '/3'].flatMap((path) => [at(path), at(path, 'two.acme.io')]));
  await checkerOf().round();
  for (const host of ['one.acme.io', 'two.acme.io']) {
    const times = asked.filter((each) => each.host === host).map((each) => each.at);
    expect(times).toHaveLength(4);
    for (const [index, time] of times.slice(1).entries())
      expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(1000);
  }
});

it('asks again after a week and not before, and says when a link is well again', async () => {
  await remember(at('/there'));
  const turned: string[] = [];
  const checker = checkerOf(turned);
  await checker.round();
  turned.length = 0;
  clock += 6.9 * DAY_MS;
  await checker.round();
  expect(lines()).toEqual(['GET /robots.txt', 'HEAD /there']);
  clock += 0.7 * DAY_MS;
  await checker.round();
  expect(lines().filter((line) => line === 'HEAD /there')).toHaveLength(2);
  await db
    .updateTable('doc_link')
    .set({ status: 404, due_at: new Date(clock) })
    .execute();
  await checker.round();
  expect(turned).toEqual([at('/there')]);
});

it('takes a name that is not known for dead after three days, as long as others answer', async () => {
  const unknown = at('/x', 'unknown.acme.io');
  const checker = checkerOf();
  const days = async (count: number) => {
    for (let day = 0; day < count; day++, clock += 1.2 * DAY_MS) await checker.round();
  };
  await remember(unknown);
  await days(4);
  // Nobody has ever answered: it is the portal that reaches nothing.
  expect(await dead(unknown)).toEqual([]);
  expect(await allAsked(db, [unknown])).toBe(false);
  await remember(at('/there'));
  await checker.round();
  clock += 1.2 * DAY_MS;
  await days(2);
  expect(await dead(unknown)).toEqual([]);
  await days(1);
  expect(await dead(unknown)).toEqual([
    '1: It links to http://unknown.acme.io/x, which could not be reached on 3 days: ENOTFOUND',
  ]);
});

it('asks nothing that robots.txt keeps, nothing inside, and nothing that no page leads to', async () => {
  robots = 'User-agent: *\nDisallow: /404';
  const inside = at('/404', 'inside.acme.io');
  await remember(at('/404'), inside);
  await checkerOf().round();
  expect(lines()).toEqual(['GET /robots.txt']);
  expect(await dead(at('/404'), inside)).toEqual([]);
  expect(await allAsked(db, [at('/404'), inside])).toBe(true);
  const pages = pagesOf({ 'docs/index.md': '[a](https://acme.io/x#y) [b](https://acme.io/x) [c](other.md)' });
  expect(linksOf(pages, new Set())).toEqual(['https://acme.io/x']);
});

it('leaves a link to whoever took it, and stops when it is told to', async () => {
  await remember(at('/there'));
  await Promise.all([checkerOf().round(), checkerOf().round()]);
  expect(lines().filter((line) => line === 'HEAD /there')).toHaveLength(1);
  await remember(at('/1'), at('/2'));
  const checker = checkerOf();
  await checker.stop();
  await checker.round();
  expect(lines().filter((line) => /HEAD .[12]/.test(line))).toEqual([]);
});
