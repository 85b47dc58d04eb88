import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { type AddressInfo, connect as connectPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type SelfSigned, selfSigned } from '#tools/self-signed.ts';
import { openGate } from './gate.ts';
import { createHttp } from './http.ts';
import { createLog } from './log.ts';

let folder: string;
let first: SelfSigned;
let app: FastifyInstance | undefined;
let logged = '';
const files = () => ({ certificate: join(folder, 'portal.pem'), key: join(folder, 'portal.key') });

function write({ certificate, key }: SelfSigned): void {
  writeFileSync(files().certificate, certificate);
  writeFileSync(files().key, key);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-https-'));
  first = selfSigned();
  write(first);
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function start(renewEveryMs?: number): Promise<number> {
  const tls = { ...files(), ...(renewEveryMs === undefined ? {} : { renewEveryMs }) };
  logged = '';
  const log = createLog('info', {
    write(line) {
      logged += line;
    },
  });
  app = await createHttp(log, openGate, { tls });
  app.get('/api/asked', { config: { permission: 'public' } }, ({ protocol }) => ({ protocol }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

/** Connects, and hangs up. @throws when the two can't agree. */
function shakeHands(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((done, failed) => {
    const socket = connect({ port, host: '127.0.0.1', ca: first.certificate, ...options }, () => {
      socket.end();
      done(socket);
    });
    socket.once('error', failed);
  });
}

it('answers by https with the certificate of the configuration', async () => {
  const port = await start();
  const ca = first.certificate;
  const body = await new Promise<string>((done, failed) => {
    get(`https://localhost:${port}/api/asked`, { ca }, (answer) => {
      answer.setEncoding('utf8').once('data', done);
    }).once('error', failed);
  });
  expect(JSON.parse(body)).toEqual({ protocol: 'https' });
});

it('says nothing to whoever speaks plain HTTP', async () => {
  const port = await start();
  const heard = await new Promise<string>((done) => {
    const socket = connectPlain(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('error', () => undefined).on('close', () => done(text));
    socket.write('GET /api/asked HTTP/1.1\r\nHost: localhost\r\n\r\n');
  });
  expect(heard).not.toContain('protocol');
});

it.each<[string, ConnectionOptions]>([
  ['TLS 1.3', { minVersion: 'TLSv1.3' }],
  ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
])('agrees on %s', async (_what, options) => {
  const socket = await shakeHands(await start(), options);
  expect(socket.authorized).toBe(true);
});

it.each<[string, ConnectionOptions]>([
  ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
  ['no forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256:AES256-SHA' }],
  ['no authenticated encryption', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }],
])('does not agree on %s', async (_what, options) => {
  const port = await start();
  await expect(shakeHands(port, options)).rejects.toThrow(/alert (protocol version|handshake failure)/);
  await shakeHands(port);
});

it('takes a renewed certificate without a restart, and keeps the old one while the files don’t fit', async () => {
  const port = await start(20);
  const second = selfSigned();
  writeFileSync(files().certificate, second.certificate);
  await vi.waitFor(() => expect(logged).toContain('the certificate was not renewed'));
  await shakeHands(port);
  writeFileSync(files().key, second.key);
  await vi.waitFor(() => shakeHands(port, { ca: second.certificate }), { timeout: 10_000 });
  await expect(shakeHands(port)).rejects.toThrow();
});

it.each<[string, (own: ReturnType<typeof files>) => void, RegExp]>([
  ['no file', ({ key }) => rmSync(key), /tls\.key: .*portal\.key can't be read/],
  ['another key', ({ key }) => writeFileSync(key, selfSigned().key), /are no certificate and its key/],
  ['no certificate', ({ certificate }) => writeFileSync(certificate, 'x'), /are no certificate and its key/],
])('does not start with %s', async (_what, spoil, message) => {
  spoil(files());
  await expect(start()).rejects.toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', message: expect.stringMatching(message) }),
  );
});
