import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { openTestStore } from '#tools/test-store.ts';
import { CLIENT, signInPortal } from './sign-in-test-support.ts';

const portal = signInPortal(openTestStore, { 'sub-ada': { email: 'ada@example.com', email_verified: true } });

type Claims = Record<string, unknown>;
type Header = Record<string, unknown>;

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
const another = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwks = (keys: typeof ours) => ({
  keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'ours', use: 'sig', alg: 'RS256' }],
});
const published = createPublicKey(ours.privateKey).export({ format: 'pem', type: 'spki' });
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(header: Header, claims: Claims, signed: (text: string) => string): string {
  const text = `${encoded({ alg: 'RS256', kid: 'ours', typ: 'JWT', ...header })}.${encoded(claims)}`;
  return `${text}.${signed(text)}`;
}
const rsa = (text: string, { privateKey } = ours) =>
  sign('sha256', Buffer.from(text), privateKey).toString('base64url');
const hmac = (text: string, key: string | Buffer) =>
  createHmac('sha256', key).update(text).digest('base64url');

/** What the provider would have sent, made anew with keys that this test has. */
const withClaims = (change: Claims) => (claims: Claims) => token({}, { ...claims, ...change }, rsa);
const seconds = () => Math.floor(Date.now() / 1000);

/** Signs in, with the ID Token of the provider replaced by another. */
async function signInWith(
  remade: (claims: Claims) => string,
  config: object = {},
): Promise<string | undefined> {
  const reach: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const { pathname } = new URL(String(input));
    if (pathname === '/jwks') return Response.json(jwks(ours));
    if (pathname !== '/token') return answer;
    const body = (await answer.json()) as { id_token: string };
    const claims = Buffer.from(body.id_token.split('.')[1] ?? '', 'base64url').toString();
    return Response.json({ ...body, id_token: remade(JSON.parse(claims) as Claims) });
  };
  const [corp] = portal.access().signIn;
  await portal.reopen({ signIn: [{ ...corp, ...config }] }, { fetch: reach });
  return (await portal.browser().signIn('sub-ada')).headers.location;
}

it('an ID Token is taken when the provider’s key signed it', async () => {
  expect(await signInWith(withClaims({}))).toBe('/');
});

it.each<[string, (claims: Claims) => string]>([
  ['another key signed', (claims) => token({}, claims, (text) => rsa(text, another))],
  ['nobody signed', (claims) => token({ alg: 'none' }, claims, () => '')],
  [
    'the client’s secret signed',
    (claims) => token({ alg: 'HS256' }, claims, (t) => hmac(t, CLIENT.clientSecret)),
  ],
  [
    'the public key signed as a secret',
    (claims) => token({ alg: 'HS256' }, claims, (t) => hmac(t, published)),
  ],
  [
    'a key signed that it brings along',
    (claims) => token({ jwk: jwks(another).keys[0], kid: undefined }, claims, (text) => rsa(text, another)),
  ],
  [
    'a key signed to which it leads',
    (claims) => token({ jku: 'https://evil.example/jwks', kid: 'theirs' }, claims, (t) => rsa(t, another)),
  ],
  [
    'was changed afterwards',
    (claims) => withClaims({})(claims).replace(/\.[^.]+\./, `.${encoded({ ...claims, sub: 'x' })}.`),
  ],
  ['is for another client', withClaims({ aud: 'another' })],
  ['another issuer gave', withClaims({ iss: 'https://evil.example' })],
  ['has expired', (claims) => withClaims({ exp: seconds() - 600, iat: seconds() - 1200 })(claims)],
  ['is not valid yet', (claims) => withClaims({ nbf: seconds() + 600 })(claims)],
  ['never ends', withClaims({ exp: undefined })],
  ['belongs to another sign-in', withClaims({ nonce: 'another' })],
  ['belongs to no sign-in', withClaims({ nonce: undefined })],
  ['is of nobody', withClaims({ sub: undefined })],
])('an ID Token that %s is refused', async (_what, remade) => {
  expect(await signInWith(remade)).toBe('/sign-in?error=SIGN_IN_FAILED');
});

it.each<[string, Claims, string]>([
  ['a minute ago', { auth_time: seconds() - 60 }, '/'],
  ['an hour ago', { auth_time: seconds() - 3600 }, '/sign-in?error=SIGN_IN_FAILED'],
  ['at no known time', { auth_time: undefined }, '/sign-in?error=SIGN_IN_FAILED'],
])(
  'where fifteen minutes are the most, who signed in at the provider %s is let in or not',
  async (_when, change, page) => {
    expect(await signInWith(withClaims(change), { maxAgeSeconds: 900 })).toBe(page);
  },
);

it('how somebody signed in is read where the provider has signed it, and nowhere else', async () => {
  const lax = withClaims({ acr: 'one', amr: ['pwd'] });
  expect(await signInWith(lax, { amr: ['mfa'] })).toBe('/sign-in?error=SIGN_IN_TOO_WEAK');
  expect(await signInWith(withClaims({ amr: ['pwd', 'mfa'] }), { amr: ['mfa'] })).toBe('/');
  expect(await signInWith(withClaims({ amr: 'mfa' }), { amr: ['mfa'] })).toBe('/');
  expect(await signInWith(withClaims({ amr: ['mfamfa'] }), { amr: ['mfa'] })).toBe(
    '/sign-in?error=SIGN_IN_TOO_WEAK',
  );
});
