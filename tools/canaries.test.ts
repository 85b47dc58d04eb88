/**
 * Plants a canary in every secret, has the portal use each of them with others who repeat what they were told, and
 * looks for them wherever something is printed, answered or kept.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HttpRemote, serveRepository } from '../integrations/git/http-remote.test-helper.ts';
import { component, removeFolders } from '../integrations/git/source.test-helper.ts';
import { dump, singing, singingFiles } from './canaries.ts';

const START_MS = 240_000;
const canaries = {
  'git token of the environment': 'canaryGitEnv7c1f0a',
  'git token of a file': 'canaryGitFile9b2e4d',
  'client secret': 'canaryClient3f8a6c',
  'collector token': 'canaryCollector5d0b7e',
  'credentials in an address': 'canaryAddress1e9c3b',
} as Record<string, string>;
const canary = (name: string) => canaries[name] ?? '';

let root: string;
let portal: ChildProcess;
let url: string;
let git: HttpRemote;
/** Repeats all that it is told, as systems do in their errors. */
let echo: Server;
let echoed = '';
const answers = new Map<string, string>();
const log = () => readFileSync(join(root, 'log'), 'utf8');

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'atrium-canaries-'));
  const login = `x-access-token:${canary('git token of the environment')}`;
  git = await serveRepository({ files: { 'catalog-info.yaml': component('cart') }, login });
  echo = await startEcho();
  await startPortal();
}, START_MS);

afterAll(async () => {
  portal?.kill('SIGKILL');
  git?.close();
  echo?.closeAllConnections();
  echo?.close();
  removeFolders();
  rmSync(root, { recursive: true, force: true });
});

async function startEcho(): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const said = `${request.headers.authorization} ${Buffer.concat(chunks).toString()}`;
      echoed += `${request.url} ${said}\n`;
      const issuer = `http://${request.headers.host}`;
      const metadata = {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      };
      const isMetadata = request.url?.includes('/.well-known/');
      response.writeHead(isMetadata ? 200 : 400, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(isMetadata ? metadata : { error: 'invalid_client', error_description: said }),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function startPortal(): Promise<void> {
  const { port } = echo.address() as AddressInfo;
  mkdirSync(join(root, 'secrets'));
  writeFileSync(join(root, 'secrets/git'), `${canary('git token of a file')}\n`);
  writeFileSync(join(root, 'secrets/collector'), canary('collector token'));
  const target = `http://127.0.0.1:${git.port}/repo.git`;
  const config = {
    sources: [
      { id: 'right', target, credentials: { token: { env: 'CANARY_GIT' } } },
      { id: 'wrong', target: `${target}/`, credentials: { token: { file: 'secrets/git' } } },
    ],
    access: {
      anonymousRole: 'admin',
      signIn: [
        {
          id: 'corp',
          kind: 'oidc',
          title: 'Company',
          issuer: `http://127.0.0.1:${port}`,
          clientId: 'atrium',
          clientSecret: { env: 'CANARY_CLIENT' },
        },
      ],
      auditFile: 'audit.jsonl',
      auditCollector: { url: `http://127.0.0.1:${port}/collect`, token: { file: 'secrets/collector' } },
    },
    data: 'data',
    port: 0,
    logLevel: 'debug',
  };
  // JSON is YAML.
  writeFileSync(join(root, 'atrium.yaml'), JSON.stringify(config));
  const output = openSync(join(root, 'log'), 'w');
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    CANARY_GIT: canary('git token of the environment'),
    CANARY_CLIENT: canary('client secret'),
    // What helps to find faults must not show secrets either.
    GIT_TRACE: '1',
    GIT_TRACE_CURL: '1',
    GIT_CURL_VERBOSE: '1',
  };
  const main = join(import.meta.dirname, '../server/start.ts');
  portal = spawn(process.execPath, [main, '--config', join(root, 'atrium.yaml')], {
    stdio: ['ignore', output, output],
    env,
  });
  closeSync(output);
  url = await until(() => /^Atrium is at (https?:\S+)/m.exec(log())?.[1]);
}

/** Waits until there is something. */
async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find();
    if (found) return found;
    if (portal.exitCode !== null) throw new Error(`The portal ended:\n${log()}`);
    await sleep(100);
  }
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  const answer = await fetch(url + path, { redirect: 'manual', ...init });
  const text = await answer.clone().text();
  const headers = JSON.stringify([...answer.headers]);
  answers.set(`${init?.method ?? 'GET'} ${path}`, `${headers}\n${text}`);
  return answer;
}

const post = (path: string, body: object) =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

interface Source {
  id: string;
  state: string;
  error: { message: string } | null;
}

const sources = async () => ((await (await ask('/api/sources')).json()) as { sources: Source[] }).sources;

it('a portal uses each of them', { timeout: START_MS }, async () => {
  await until(async () => (await sources()).find(({ id, state }) => id === 'right' && state === 'watching'));
  await until(async () => (await sources()).find(({ id, error }) => id === 'wrong' && error));
  const start = await ask('/api/sign-in/corp?to=/catalog', {
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const there = new URL(start.headers.get('location') ?? '');
  const cookie = start.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const query = new URLSearchParams({ code: 'x', state: there.searchParams.get('state') ?? '' });
  await ask(`/api/sign-in/corp/callback?${query}`, { headers: { cookie } });
  const { port } = echo.address() as AddressInfo;
  const address = `http://ada:${canary('credentials in an address')}@127.0.0.1:${port}/repo.git`;
  expect((await post('/api/catalog/locations', { type: 'url', target: address })).status).toBe(403);
  expect((await post('/api/catalog/locations?dryRun=true', { type: 'url', target: address })).status).toBe(
    403,
  );
  await until(() => (echoed.includes('/collect') && echoed.includes('/token') ? true : undefined));
  const used = singing(
    canaries,
    `${echoed}${git.requests.map(({ headers }) => headers.authorization).join()}`,
  );
  expect(used.toSorted()).toEqual(
    Object.keys(canaries)
      .filter((name) => name !== 'credentials in an address')
      .toSorted(),
  );
});

it('it answers without them, whatever it is asked', { timeout: START_MS }, async () => {
  const document = (await (await ask('/api/openapi.json')).json()) as { paths: Record<string, object> };
  const plain = Object.entries(document.paths).filter(
    ([path, methods]) => 'get' in methods && !path.includes('{') && !path.includes('events'),
  );
  expect(plain.length).toBeGreaterThan(15);
  for (const [path] of plain) await ask(path);
  for (const path of [
    '/api/sources/wrong',
    '/api/sources/right',
    '/api/audit/export?format=json',
    '/api/audit/export?format=csv',
    '/api/audit?limit=500',
    '/api/access/check?principal=anonymous&permission=audit.read',
    '/api/catalog/records/component/default/cart',
    '/api/nowhere',
  ]) {
    await ask(path);
  }
  const found = [...answers].flatMap(([path, text]) =>
    singing(canaries, text).map((name) => `${name} in ${path}`),
  );
  expect(found).toEqual([]);
});

it('it makes tokens that are shown once and kept as a hash', { timeout: START_MS }, async () => {
  const made = await post('/api/tokens', { name: 'ci', kind: 'machine', scopes: ['catalog.entity.read'] });
  expect(made.status).toBeLessThan(300);
  const { secret } = (await made.json()) as { secret: string };
  expect(secret.length).toBeGreaterThan(20);
  answers.delete('POST /api/tokens');
  canaries['a token of the API'] = secret;
  const headers = { authorization: `Bearer ${secret}` };
  expect((await ask('/api/catalog/entities', { headers })).status).toBe(200);
  expect((await ask('/api/audit', { headers })).status).toBe(403);
  expect((await ask('/api/tokens?all=true')).status).toBe(200);
  await ask('/api/catalog/entities', { headers: { authorization: `Bearer ${secret}x` } });
  await ask(`/api/catalog/entities?token=${secret}`);
  answers.delete(`GET /api/catalog/entities?token=${secret}`);
  expect(
    [...answers].flatMap(([path, text]) => singing(canaries, text).map((name) => `${name} in ${path}`)),
  ).toEqual([]);
});

it('it leaves none in its log, its files, its audit and its store', { timeout: START_MS }, async () => {
  portal.kill('SIGTERM');
  await once(portal, 'exit');
  expect(log()).toContain('a source could not be read');
  expect(singing(canaries, log())).toEqual([]);
  expect(readFileSync(join(root, 'audit.jsonl'), 'utf8')).toContain('catalog.location.create');
  rmSync(join(root, 'secrets'), { recursive: true });
  const tables = await dump(join(root, 'data'));
  expect(tables.get('source')).toContain('wrong');
  expect(tables.get('audit_entry')).toContain('catalog.location.create');
  expect(
    [...tables].flatMap(([table, rows]) => singing(canaries, rows).map((name) => `${name} in ${table}`)),
  ).toEqual([]);
  expect(singingFiles(canaries, root)).toEqual([]);
});

it('stops at a database that does not answer without telling the password', {
  timeout: START_MS,
}, async () => {
  const password = 'canary-database-8a4d2c';
  const main = join(import.meta.dirname, '../server/start.ts');
  for (const address of [
    `postgres://atrium:${password}@127.0.0.1:1/atrium`,
    `postgres://atrium:${password}@[bad/x`,
  ]) {
    const child = spawn(process.execPath, [main, '--port', '0'], {
      env: { ...process.env, DATABASE_URL: address },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    await once(child, 'close');
    expect(child.exitCode).not.toBe(0);
    expect(output).not.toBe('');
    expect(singing({ password }, output)).toEqual([]);
  }
});

it('hears a canary in each of its forms', () => {
  const secret = 'canary-of-the-test';
  const told = [
    secret,
    `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
    `Basic ${Buffer.from(`me:${secret}:x`).toString('base64')}`,
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(`${secret}`),
  ];
  for (const text of told) expect(singing({ secret }, `before ${text} after`)).toEqual(['secret']);
  expect(singing({ secret }, 'canary-of-another-test')).toEqual([]);
});
