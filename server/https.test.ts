/** A portal that serves HTTPS itself, as whoever runs it sees it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPortal } from '#tools/portal.ts';
import { freePort } from '#tools/postgres.ts';
import { type SelfSigned, selfSigned } from '#tools/self-signed.ts';

const START_MS = 120_000;
let folder: string;
let pair: SelfSigned;
const file = (name: string) => join(folder, name);

/** JSON is YAML. @returns the arguments of a portal with that configuration. */
function configured(name: string, config: object): string[] {
  const path = file(`${name}.yaml`);
  const sources = [{ id: 'estate', target: 'catalog-info.yaml' }];
  writeFileSync(path, JSON.stringify({ sources, ...config }));
  return ['--config', path, '--memory', '--quiet'];
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-tls-'));
  pair = selfSigned();
  writeFileSync(file('portal.pem'), pair.certificate);
  writeFileSync(file('portal.key'), pair.key);
  writeFileSync(file('catalog-info.yaml'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tls = { certificate: 'portal.pem', key: 'portal.key' };
/** Says where it is, and nothing more. */
const provider = (issuer: string) => ({ id: 'corp', kind: 'oidc', title: 'Corp', issuer, clientId: 'x' });

function ask(url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    get(url, { ca: pair.certificate, headers }, (answer) => done(answer.resume())).once('error', failed);
  });
}

it(
  'sets Secure cookies under their prefix and asks for https alone, without a proxy',
  async () => {
    const port = await freePort();
    const access = { url: `https://portal.example:${port}`, signIn: [provider('http://127.0.0.1:9')] };
    const portal = await startPortal([...configured('named', { tls, access }), '--port', `${port}`]);
    try {
      expect(portal.url).toBe(`https://127.0.0.1:${port}`);
      const session = await ask(`https://localhost:${port}/api/session`);
      expect(session.statusCode).toBe(200);
      expect(session.headers['strict-transport-security']).toMatch(/^max-age=63072000/);
      const begun = await ask(`https://localhost:${port}/api/sign-in/corp`, {
        'sec-fetch-site': 'same-origin',
      });
      expect(begun.headers['set-cookie']).toEqual([expect.stringMatching(/^__Host-.*; Secure/)]);
    } finally {
      await portal.stop();
    }
  },
  START_MS,
);

it(
  'needs no address on its own machine, where browsers are not told to use https for everything else',
  async () => {
    const portal = await startPortal(configured('local', { tls }));
    try {
      const { port } = new URL(portal.url);
      const session = await ask(`https://localhost:${port}/api/session`);
      expect([session.statusCode, session.headers['strict-transport-security']]).toEqual([200, undefined]);
    } finally {
      await portal.stop();
    }
  },
  START_MS,
);

it(
  'does not start on an address that others reach when it would speak plain HTTP there',
  async () => {
    const access = { url: 'https://portal.example', signIn: [provider('https://login.example')] };
    const args = configured('exposed', { host: '0.0.0.0', port: 0, access });
    const child = spawn(process.execPath, [join(import.meta.dirname, 'start.ts'), ...args]);
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    const [code] = (await once(child, 'close')) as [number];
    expect(code).toBe(2);
    expect(said).toContain('does not speak plain HTTP on 0.0.0.0');
    expect(said).toContain('Name certificate and key in tls, or set access.trustProxy');
  },
  START_MS,
);
