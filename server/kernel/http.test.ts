import { once } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { AtriumError } from '#model/errors.ts';
import { openGate } from './gate.ts';
import { createHttp, type HttpOptions } from './http.ts';
import { createLog } from './log.ts';
import { keepSecret } from './secret.ts';

const SECRET = 'canary-of-http-1d2e';
let app: FastifyInstance;
afterEach(() => app.close());

/** A server with a route that repeats its body, one that fails, and a page. */
async function start(options?: HttpOptions): Promise<FastifyInstance> {
  app = await createHttp(createLog('silent'), openGate, options);
  const config = { permission: 'public' } as const;
  app.post('/api/echo', { config }, (request) => ({ got: request.body ?? null, own: Object.keys({}) }));
  app.get('/api/list', { config }, (request) => ({ query: request.query }));
  app.get('/api/fail', { config }, () => {
    throw new AtriumError('SOURCE_UNREADABLE', `refused by ${SECRET}`);
  });
  app.get('/api/crash', { config }, () => {
    throw new Error(`select * from secret where value = '${SECRET}'`);
  });
  app.get('/page', (_request, reply) => reply.type('text/html').send('<h1>A page</h1>'));
  await app.ready();
  return app;
}

const post = (payload: string, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/api/echo', payload, headers: { 'content-type': type } });

describe('headers', () => {
  const directives = ({ 'content-security-policy': policy = '' }: OutgoingHttpHeaders) =>
    Object.fromEntries(
      String(policy)
        .split(';')
        .map((directive) => /^ *(\S+) ?(.*)$/.exec(directive)?.slice(1) ?? []),
    );

  it('let a page run nothing but its own files', async () => {
    await start();
    const { headers } = await app.inject('/page');
    const policy = directives(headers);
    expect(policy).toMatchObject({
      'default-src': "'self'",
      'script-src': "'self'",
      'style-src': "'self'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    });
    expect(Object.values(policy).join(' ')).not.toMatch(/unsafe|\*|http/);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
  });

  it.each(['/api/list', '/api/fail', '/api/nowhere', '/api/list?a=%'])(
    'keep the answer of %s out of pages, frames and caches',
    async (url) => {
      await start();
      const { headers } = await app.inject(url);
      expect(directives(headers)).toMatchObject({
        'default-src': "'none'",
        'frame-ancestors': "'none'",
        sandbox: '',
      });
      expect(headers).toMatchObject({
        'content-type': expect.stringMatching(/^application\/json/),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    },
  );

  it('tell nobody what the server is, and let no other origin read', async () => {
    await start();
    for (const url of ['/api/list', '/page']) {
      const { headers } = await app.inject({ url, headers: { origin: 'https://evil.example' } });
      expect(Object.keys(headers).filter((name) => /^access-control|server|powered/.test(name))).toEqual([]);
    }
  });

  it.each([
    ['https://portal.example', /^max-age=63072000; includeSubDomains$/],
    ['http://127.0.0.1:7007', undefined],
    ['https://localhost:7007', undefined],
    [undefined, undefined],
  ])('ask for https where the portal is reached by it: %s', async (url, expected) => {
    await start({ url });
    for (const path of ['/api/list', '/page', '/api/nowhere']) {
      const { 'strict-transport-security': header } = (await app.inject(path)).headers;
      if (expected) expect(header).toMatch(expected);
      else expect(header).toBeUndefined();
    }
  });
});

describe('a body', () => {
  it.each([
    '{"__proto__": {"polluted": true}}',
    '{"a": {"__proto__": {"polluted": true}}}',
    '{"constructor": {"prototype": {"polluted": true}}}',
    '{"\\u005f_proto__": {"polluted": true}}',
  ])('does not reach into prototypes: %s', async (payload) => {
    await start();
    const answer = await post(payload);
    expect(answer.statusCode).toBe(400);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['['.repeat(201) + ']'.repeat(201), 400],
    [`${'{"a":'.repeat(201)}1${'}'.repeat(201)}`, 400],
    ['['.repeat(2_000_000), 400],
    ['['.repeat(200) + ']'.repeat(200), 200],
    [JSON.stringify({ text: '['.repeat(5000), escaped: '"\\[['.repeat(500) }), 200],
    [JSON.stringify(Array.from({ length: 5000 }, () => ({ a: [] }))), 200],
  ])('has a bounded depth (%#)', async (payload, status) => {
    await start();
    expect((await post(payload)).statusCode).toBe(status);
  });

  it('has a bounded size', async () => {
    await start();
    const answer = await post(JSON.stringify('x'.repeat(5 * 1024 * 1024)));
    expect(answer.json().error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(answer.statusCode).toBe(413);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/xml'])(
    'that any page could send without being asked, is not taken: %s',
    async (type) => {
      await start();
      expect((await post('{"a":1}', type)).statusCode).toBe(400);
    },
  );
});

describe('a request', () => {
  it.each([
    ['of a long address', `?a=${'x'.repeat(17 * 1024)}`],
    ['of too many parameters', `?${'a=1&'.repeat(501)}`],
    ['of too many parameters without names', `?${'&'.repeat(2000)}`],
  ])('%s is refused', async (_what, query) => {
    await start();
    const answer = await app.inject(`/api/list${query}`);
    expect(answer.json().error).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  it('may have as many parameters as a person of many groups needs', async () => {
    await start();
    expect((await app.inject(`/api/list?${'filter=kind=api&'.repeat(450)}`)).statusCode).toBe(200);
  });

  it('is not answered with what is known of the fault', async () => {
    await start();
    const { body } = await app.inject('/api/crash');
    expect(JSON.parse(body).error).toMatchObject({ code: 'INTERNAL' });
    expect(body).not.toMatch(/select|canary|at .*:\d+/);
  });

  it('is not answered with a secret that another system repeated', async () => {
    await start();
    keepSecret(SECRET);
    expect((await app.inject('/api/fail')).json().error.message).toBe('refused by [secret]');
  });

  it.each(['TRACE', 'TRACK', 'CONNECT', 'PROPFIND'])('of method %s does nothing', async (method) => {
    await start();
    const { status } = await raw(`${method} /api/list HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(status).not.toBe(200);
  });

  it.each([
    ['headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(33 * 1024)}\r\n\r\n`, 431],
    [
      'two lengths',
      'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    [
      'a length beside chunks',
      'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a header over two lines', 'GET /api/list HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n', 400],
    ['a line feed alone', 'GET /api/list HTTP/1.1\nHost: x\n\n', 400],
  ])('with %s is refused', async (_what, text, status) => {
    await start();
    expect((await raw(text)).status).toBe(status);
  });

  it.each([
    ['headers', 'GET /api/list HTTP/1.1\r\nHost: x\r\nX: '],
    [
      'body',
      'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{',
    ],
  ])('that is sent drop by drop is ended (%s)', async (_what, text) => {
    await start({ slowest: { headersMs: 200, requestMs: 300, checkMs: 50 } });
    expect((await raw(text, 'x')).status).toBe(408);
  });
});

/** Sends text as it stands, then drops until the other side has had enough. */
async function raw(text: string, drop?: string): Promise<{ status: number }> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(text);
  const dripping = drop && setInterval(() => socket.write(drop), 20);
  await once(socket, 'close');
  if (dripping) clearInterval(dripping);
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(Buffer.concat(chunks).toString()) ?? [];
  return { status: Number(status) };
}
