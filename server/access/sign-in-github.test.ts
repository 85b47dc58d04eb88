import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Secret } from '../kernel/secret.ts';
import { GithubProvider } from './sign-in-github.ts';
import type { Ties } from './sign-in-provider.ts';

/** Answers as GitHub documents them, of an Enterprise Server with a few accounts. */
const emails = [
  { email: 'octo@home.example', primary: false, verified: true, visibility: null },
  { email: 'octo@example.com', primary: true, verified: true, visibility: 'private' },
];
const team = (slug: string, login: string) => ({ id: 1, name: slug, slug, organization: { login, id: 2 } });
let account: { orgs: string[]; teams: ReturnType<typeof team>[]; emails: typeof emails | undefined };
let asked: string[];
let challenge: string | null;
let server: Server;
let url: string;

const ties: Ties = { state: 'state-of-this', nonce: 'unused', verifier: 'v'.repeat(43) };
const callback = new URL('https://portal.example/api/sign-in/github/callback');

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', url);
    asked.push(`${request.method} ${pathname}`);
    if (pathname === '/login/oauth/access_token') {
      void text(request).then((body) => giveToken(new URLSearchParams(body), response));
    } else if (request.headers.authorization !== 'Bearer gho_right') {
      json(response, { message: 'Bad credentials', documentation_url: '…', status: '401' }, 401);
    } else giveApi(pathname, searchParams, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server?.close());
beforeEach(() => {
  asked = [];
  account = {
    orgs: ['acme', 'elsewhere'],
    teams: [team('payers', 'acme'), team('payers', 'elsewhere')],
    emails,
  };
});

function giveToken(form: URLSearchParams, response: ServerResponse): void {
  const proof = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  const isRight =
    form.get('client_id') === 'Iv1.id' &&
    form.get('client_secret') === 'the-secret' &&
    form.get('code') === 'right';
  // GitHub says what is wrong with the status of a success.
  if (isRight && proof === challenge) {
    json(response, {
      access_token: 'gho_right',
      scope: 'read:org,read:user,user:email',
      token_type: 'bearer',
    });
  } else
    json(response, {
      error: 'bad_verification_code',
      error_description: 'The code is incorrect or expired.',
    });
}

function giveApi(path: string, query: URLSearchParams, response: ServerResponse): void {
  const page = (items: unknown[]) => {
    const size = Number(query.get('per_page') ?? 30);
    return items.slice((Number(query.get('page') ?? 1) - 1) * size).slice(0, size);
  };
  const { orgs, teams } = account;
  if (path === '/api/v3/user') {
    json(response, {
      login: 'octo',
      id: 583231,
      name: 'Octo Cat',
      email: 'public@example.com',
      type: 'User',
    });
  } else if (path === '/api/v3/user/emails' && account.emails) json(response, account.emails);
  else if (path === '/api/v3/user/orgs') json(response, page(orgs.map((login) => ({ login, id: 3 }))));
  else if (path === '/api/v3/user/teams') json(response, page(teams));
  else json(response, { message: 'Not Found', documentation_url: '…', status: '404' }, 404);
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function github(organizations: string[] = ['Acme'], fetch: typeof globalThis.fetch = globalThis.fetch) {
  const clientSecret = new Secret('the-secret');
  const config = {
    id: 'github',
    kind: 'github',
    title: 'GitHub',
    url,
    clientId: 'Iv1.id',
    clientSecret,
  } as const;
  return new GithubProvider({ ...config, organizations }, fetch);
}

/** Through both halves, with what GitHub puts into the address. */
async function signIn(provider = github(), came: Record<string, string> = {}) {
  const there = await provider.begin(callback, ties);
  challenge = there.searchParams.get('code_challenge');
  const back = new URL(callback);
  const answer = { code: 'right', state: ties.state, iss: `${url}/login/oauth`, ...came };
  for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
  return provider.finish(back, ties);
}

it('leads to GitHub with what it needs to know, and nothing else', async () => {
  const there = await github().begin(callback, ties);
  expect(there.origin + there.pathname).toBe(`${url}/login/oauth/authorize`);
  expect(Object.fromEntries(there.searchParams)).toEqual({
    client_id: 'Iv1.id',
    redirect_uri: callback.href,
    response_type: 'code',
    scope: 'read:user user:email read:org',
    state: ties.state,
    code_challenge: createHash('sha256').update(ties.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
});

it('knows the account by its number, the verified address, and the teams of the organization', async () => {
  expect(await signIn()).toEqual({
    subject: '583231',
    login: 'octo',
    name: 'Octo Cat',
    email: 'octo@example.com',
    groups: ['payers'],
    idToken: null,
  });
});

it('tells teams of several organizations apart', async () => {
  const both = ['acme.payers', 'elsewhere.payers'];
  expect((await signIn(github(['acme', 'elsewhere']))).groups).toEqual(both);
  expect((await signIn(github([]))).groups).toEqual(both);
});

it('reads all pages of teams', async () => {
  account.teams = Array.from({ length: 230 }, (_, index) => team(`team-${index}`, 'acme'));
  expect((await signIn()).groups).toHaveLength(230);
});

it('takes no address that is not verified, nor one that it may not see', async () => {
  account.emails = emails.map((each) => ({ ...each, verified: false }));
  expect((await signIn()).email).toBeNull();
  account.emails = undefined;
  expect((await signIn()).email).toBeNull();
});

it('lets in members of the organizations only', async () => {
  account.orgs = ['acme-imitation'];
  await expect(signIn()).rejects.toMatchObject({ code: 'SIGN_IN_DENIED' });
  expect(asked).not.toContain('GET /api/v3/user/emails');
});

it.each([
  [{ code: 'wrong' }, 'SIGN_IN_FAILED'],
  [{ state: 'another' }, 'SIGN_IN_FAILED'],
  [{ iss: 'https://github.com/login/oauth' }, 'SIGN_IN_FAILED'],
  [
    { error: 'access_denied', error_description: 'The user has denied your application access.' },
    'SIGN_IN_DENIED',
  ],
])('refuses a return with %j', async (came, code) => {
  await expect(signIn(github(), came)).rejects.toMatchObject({ code });
});

it('says so when GitHub doesn’t answer', async () => {
  const provider = github([], () => Promise.reject(new TypeError('fetch failed')));
  await expect(signIn(provider)).rejects.toMatchObject({ code: 'SIGN_IN_UNAVAILABLE' });
});

it('asks github.com at its own address of the API', async () => {
  const seen: string[] = [];
  const stub: typeof fetch = async (address) => {
    seen.push(String(address));
    const token = { access_token: 'gho_right', token_type: 'bearer' };
    return Response.json(seen.length === 1 ? token : {}, { status: seen.length === 1 ? 200 : 418 });
  };
  const config = {
    id: 'github',
    kind: 'github',
    title: 'GitHub',
    url: 'https://github.com',
    clientId: 'x',
  } as const;
  const provider = new GithubProvider(
    { ...config, clientSecret: new Secret('s'), organizations: ['acme'] },
    stub,
  );
  const back = new URL(`${callback}?code=right&state=${ties.state}&iss=https://github.com/login/oauth`);
  await expect(provider.finish(back, ties)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
  expect(seen).toEqual(['https://github.com/login/oauth/access_token', 'https://api.github.com/user']);
});
