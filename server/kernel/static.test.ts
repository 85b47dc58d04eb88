import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGate } from './gate.ts';
import { createHttp } from './http.ts';
import { createLog } from './log.ts';
import { serveWeb } from './static.ts';

let root: string;
let app: FastifyInstance;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'atrium-static-'));
  const files = {
    'dist/index.html': '<title>The page</title>',
    'dist/assets/app.js': 'export {};',
    'dist/icon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'dist/.built': 'canary-of-a-hidden-file',
    'secret.txt': 'canary-of-the-machine',
    'dist-secret/a.txt': 'canary-of-the-machine',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  app = await createHttp(createLog('silent'), openGate);
  await serveWeb(app, join(root, 'dist'));
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  await app.close();
  rmSync(root, { recursive: true });
});

/** Sends a path as it stands; clients would tidy it up. */
function raw(path: string): Promise<string> {
  return new Promise((done) => {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('close', () => done(answer));
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
  });
}

describe('a path', () => {
  it.each([
    '/../secret.txt',
    '/../../../../../../etc/passwd',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e/secret.txt',
    '/assets/%00../../secret.txt',
    '/assets/app.js%00.txt',
    '/../dist-secret/a.txt',
    '//etc/passwd',
    '/./.././secret.txt',
    'http://127.0.0.1/../secret.txt',
    '/.built',
    '/%2ebuilt',
  ])('leads nowhere else: %s', async (path) => {
    const answer = await raw(path);
    expect(answer).toMatch(/^HTTP\/1\.1 (200|400|403|404)/);
    expect(answer).not.toMatch(/canary|root:/);
  });

  it.each(['/assets/', '/assets', '/'])('shows no list of files: %s', async (path) => {
    expect(await raw(path)).not.toContain('app.js');
  });

  it('that is a page gets the page, and a file that is missing is missing', async () => {
    expect((await app.inject('/catalog/x')).body).toContain('The page');
    expect((await app.inject('/assets/app.js')).headers['content-type']).toMatch(
      /^application\/javascript; charset=utf-8/,
    );
    expect((await app.inject('/assets/none.js')).statusCode).toBe(404);
    expect((await app.inject('/api/none')).json().error.code).toBe('ROUTE_NOT_FOUND');
  });

  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml; charset=utf-8'],
  ])('%s is answered with what it is and how it is encoded', async (path, type) => {
    expect((await app.inject(path)).headers['content-type']).toBe(type);
  });

  it('may be kept by browsers where it names what it holds, and is asked for anew elsewhere', async () => {
    expect((await app.inject('/assets/app.js')).headers['cache-control']).toContain('immutable');
    expect((await app.inject('/')).headers['cache-control']).toBe('no-cache');
  });
});
