import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { AddressGuard, type Resolve } from './address-guard.ts';
import { createFetch, type FetchDeps } from './fetch.ts';

/** Stands for the outside: an address of its own that the guard is told to allow. */
const OUTSIDE = '127.0.0.2';
const INSIDE = '127.0.0.1';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface TestServer {
  port: number;
  requests: IncomingMessage[];
}

async function serve(handler: Handler, host = OUTSIDE, port = 0): Promise<TestServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  });
  server.listen(port, host);
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, requests };
}

const answer =
  (status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Handler =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

function fetcher(more: Partial<FetchDeps> & { allow?: string[]; resolve?: Resolve } = {}) {
  const { allow = [OUTSIDE], resolve = async () => [OUTSIDE], ...deps } = more;
  const pauses: number[] = [];
  const fetch = createFetch({
    guard: new AddressGuard({ allow, resolve }),
    random: () => 0.5,
    pause: async (ms) => void pauses.push(ms),
    ...deps,
  });
  return { fetch, pauses };
}

describe('an answer', () => {
  it('comes with status, headers, address and body', async () => {
    const { port } = await serve(answer(201, 'hello', { 'x-kind': 'test' }));
    const { fetch } = fetcher();
    const got = await fetch(`http://${OUTSIDE}:${port}/a?b=c`, { method: 'POST', body: '{}' });
    expect({ ...got, body: got.body.toString() }).toMatchObject({
      status: 201,
      url: `http://${OUTSIDE}:${port}/a?b=c`,
      body: 'hello',
    });
    expect(got.headers['x-kind']).toBe('test');
  });

  it('is read no further than allowed, whatever length it announces', async () => {
    const { port } = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024))) {}
      };
      response.on('drain', more);
      more();
    });
    const { fetch } = fetcher();
    await expect(fetch(`http://${OUTSIDE}:${port}/`, { largest: 100_000 })).rejects.toMatchObject({
      code: 'FETCH_TOO_LARGE',
    });
  });

  it('is measured unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(100_000);
    const { port } = await serve(answer(200, bomb, { 'content-encoding': 'gzip' }));
    const { fetch } = fetcher();
    await expect(fetch(`http://${OUTSIDE}:${port}/`)).rejects.toMatchObject({ code: 'FETCH_TOO_LARGE' });
  });

  it.each([
    ['never starts', () => {}],
    ['never ends', (_request: IncomingMessage, response: ServerResponse) => void response.write('x')],
  ])('that %s is given up', async (_what, handler) => {
    const { port } = await serve(handler);
    const { fetch } = fetcher();
    await expect(fetch(`http://${OUTSIDE}:${port}/`, { timeLimit: 100 })).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: expect.stringContaining('no answer in time'),
    });
  });

  it('is not waited for when the caller gives up', async () => {
    const { port } = await serve(() => leave.abort());
    const leave = new AbortController();
    const { fetch } = fetcher();
    await expect(fetch(`http://${OUTSIDE}:${port}/`, { signal: leave.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('a request', () => {
  it.each([429, 502, 503, 504])('is sent again after %i', async (status) => {
    const { port, requests } = await serve((request, response) =>
      answer(requests.length < 3 ? status : 200)(request, response),
    );
    const { fetch, pauses } = fetcher();
    expect((await fetch(`http://${OUTSIDE}:${port}/`)).status).toBe(200);
    expect(pauses).toEqual([250, 500]);
  });

  it('is sent again after a connection that broke, and three times at most', async () => {
    const { port, requests } = await serve((request) => request.socket.destroy());
    const { fetch } = fetcher();
    await expect(fetch(`http://${OUTSIDE}:${port}/`)).rejects.toMatchObject({ code: 'FETCH_FAILED' });
    expect(requests).toHaveLength(3);
  });

  it.each(['POST', 'PATCH'] as const)('of method %s is never sent again', async (method) => {
    const { port, requests } = await serve(answer(503));
    const { fetch } = fetcher();
    expect((await fetch(`http://${OUTSIDE}:${port}/`, { method })).status).toBe(503);
    expect(requests).toHaveLength(1);
  });

  it.each([400, 401, 404, 500])('is not sent again after %i', async (status) => {
    const { port, requests } = await serve(answer(status));
    const { fetch } = fetcher();
    expect((await fetch(`http://${OUTSIDE}:${port}/`)).status).toBe(status);
    expect(requests).toHaveLength(1);
  });

  it('waits as long as the other side asks for', async () => {
    const asks = ['2', 'Thu, 01 Jan 2026 00:00:03 GMT'];
    const { port, requests } = await serve((request, response) => {
      const wait = asks[requests.length - 1];
      answer(wait ? 429 : 200, '', wait ? { 'retry-after': wait } : {})(request, response);
    });
    const { fetch, pauses } = fetcher({ now: () => new Date('2026-01-01T00:00:00Z') });
    expect((await fetch(`http://${OUTSIDE}:${port}/`)).status).toBe(200);
    expect(pauses).toEqual([2000, 3000]);
  });

  it('does not wait for an hour', async () => {
    const { port, requests } = await serve(answer(503, '', { 'retry-after': '3600' }));
    const { fetch } = fetcher();
    expect((await fetch(`http://${OUTSIDE}:${port}/`)).status).toBe(503);
    expect(requests).toHaveLength(1);
  });

  it('has one time limit for all of its attempts', async () => {
    const { port } = await serve(answer(503, '', { 'retry-after': '9' }));
    const fetch = createFetch({ guard: new AddressGuard({ allow: [OUTSIDE] }) });
    await expect(fetch(`http://${OUTSIDE}:${port}/`, { timeLimit: 100 })).rejects.toThrow('in time');
  });
});

describe('a guarded request', () => {
  const guarded = { guarded: true };

  it('goes to an address that is allowed', async () => {
    const { port, requests } = await serve(answer(200, 'ok'));
    const { fetch } = fetcher();
    expect((await fetch(`http://git.example:${port}/`, guarded)).body.toString()).toBe('ok');
    expect(requests[0]?.headers.host).toBe(`git.example:${port}`);
  });

  it('does not reach loopback by any spelling', async () => {
    const { port, requests } = await serve(answer(200, 'secret'), INSIDE);
    const { fetch } = fetcher({ resolve: async () => [INSIDE] });
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '0177.1',
      '[::ffff:7f00:1]',
      'localhost',
      'a.b',
    ]) {
      await expect(fetch(`http://${host}:${port}/`, guarded)).rejects.toMatchObject({
        code: 'ADDRESS_REFUSED',
      });
    }
    expect(requests).toHaveLength(0);
  });

  it('connects to what was checked, when the name is made to lead inside afterwards', async () => {
    const outside = await serve(answer(200, 'outside'));
    const inside = await serve(answer(200, 'inside'), INSIDE, outside.port);
    let asked = 0;
    const { fetch } = fetcher({ resolve: async () => [asked++ === 0 ? OUTSIDE : INSIDE] });
    const got = await fetch(`http://rebind.example:${outside.port}/`, guarded);
    expect(got.body.toString()).toBe('outside');
    expect(asked).toBe(1);
    await expect(fetch(`http://rebind.example:${outside.port}/`, guarded)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    expect(inside.requests).toHaveLength(0);
  });

  it.each([
    'http://127.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::1]/',
    'http://inside.example/',
    'http://user:pw@git.example/',
  ])('does not follow a redirect to %s', async (location) => {
    const { port } = await serve(answer(302, '', { location }));
    const { fetch } = fetcher({
      resolve: async (host) => [host === 'inside.example' ? '10.0.0.1' : OUTSIDE],
    });
    await expect(fetch(`http://git.example:${port}/`, guarded)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
  });

  it('does not resolve a name anew without a check when it is redirected to itself', async () => {
    const { port } = await serve(answer(302, '', { location: '/next' }));
    let asked = 0;
    const { fetch } = fetcher({ resolve: async () => [asked++ === 0 ? OUTSIDE : INSIDE] });
    await expect(fetch(`http://rebind.example:${port}/`, guarded)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
  });

  it('says nothing of the query, which may hold a secret', async () => {
    const { fetch } = fetcher({ resolve: async () => [] });
    await expect(fetch('http://git.example/?token=hunter2', guarded)).rejects.not.toThrow('hunter2');
  });
});

describe('a redirect', () => {
  it.each(['file:///etc/passwd', 'gopher://x/', 'javascript:alert(1)', 'http://'])(
    'to %s is refused, guarded or not',
    async (location) => {
      const { port } = await serve(answer(301, '', { location }));
      const { fetch } = fetcher();
      await expect(fetch(`http://${OUTSIDE}:${port}/`)).rejects.toMatchObject({ code: 'FETCH_FAILED' });
    },
  );

  it('is followed five times', async () => {
    const { port, requests } = await serve((request, response) =>
      answer(302, '', { location: `${request.url}x` })(request, response),
    );
    const { fetch } = fetcher();
    await expect(fetch(`http://${OUTSIDE}:${port}/`)).rejects.toThrow('more than 5 times');
    expect(requests).toHaveLength(6);
  });

  it('keeps credentials on their origin', async () => {
    const other = await serve(answer(200));
    const first = await serve((request, response) =>
      answer(302, '', {
        location: request.url === '/' ? '/again' : `http://${OUTSIDE}:${other.port}/`,
      })(request, response),
    );
    const { fetch } = fetcher();
    const headers = { Authorization: 'Bearer hunter2', cookie: 'a=b', 'x-kind': 'kept' };
    await fetch(`http://${OUTSIDE}:${first.port}/`, { headers });
    expect(first.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer hunter2',
      'Bearer hunter2',
    ]);
    expect(other.requests[0]?.headers).toMatchObject({ 'x-kind': 'kept' });
    expect(other.requests[0]?.headers).not.toHaveProperty('authorization');
    expect(other.requests[0]?.headers).not.toHaveProperty('cookie');
  });

  it('of a request that writes is an answer', async () => {
    const { port, requests } = await serve(answer(307, '', { location: '/elsewhere' }));
    const { fetch } = fetcher();
    expect((await fetch(`http://${OUTSIDE}:${port}/`, { method: 'POST', body: 'x' })).status).toBe(307);
    expect(requests).toHaveLength(1);
  });
});

it.each(['ftp://example.com/', 'file:///etc/passwd', 'nonsense', 'data:,x'])(
  'asks nothing by %s',
  async (address) => {
    const { fetch } = fetcher();
    await expect(fetch(address)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  },
);
