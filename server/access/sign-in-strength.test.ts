import { expect, it } from 'vitest';
import type { OidcAccount } from '#tools/oidc-server.ts';
import { openTestStore } from '#tools/test-store.ts';
import { signInPortal } from './sign-in-test-support.ts';

const accounts: Record<string, OidcAccount> = {
  plain: {},
  one: { acr: 'one', amr: ['pwd'] },
  two: { acr: 'two', amr: ['pwd', 'otp', 'mfa'] },
};
const portal = signInPortal(openTestStore, accounts);
const TOO_WEAK = '/sign-in?error=SIGN_IN_TOO_WEAK';

const asking = (config: object, more = {}) => {
  const [corp] = portal.access().signIn;
  return portal.reopen({ signIn: [{ ...corp, ...config }] }, more);
};
const landing = async (account: string) => (await portal.browser().signIn(account)).headers.location;

it.each<[object, string, string]>([
  [{}, 'plain', '/'],
  [{ acr: ['two'] }, 'two', '/'],
  [{ acr: ['two', 'three'] }, 'two', '/'],
  [{ acr: ['two'] }, 'one', TOO_WEAK],
  [{ acr: ['two'] }, 'plain', TOO_WEAK],
  [{ amr: ['mfa'] }, 'two', '/'],
  [{ amr: ['hwk', 'otp'] }, 'two', '/'],
  [{ amr: ['mfa'] }, 'one', TOO_WEAK],
  [{ amr: ['mfa'] }, 'plain', TOO_WEAK],
  [{ acr: ['one', 'two'], amr: ['mfa'] }, 'one', TOO_WEAK],
])('where %j is asked for, who signs in as %s lands at %s', async (config, account, page) => {
  await asking(config);
  expect(await landing(account)).toBe(page);
  if (page === TOO_WEAK) {
    const after = expect.stringMatching(/a[cm]r (?:is|is not told)\b.*has to be/);
    expect(await portal.audited('access.sign-in')).toMatchObject([
      { outcome: 'refused', status: 403, after },
    ]);
  }
});

it('tells the provider what is asked for', async () => {
  await asking({ acr: ['two', 'three'], maxAgeSeconds: 900 });
  const { headers } = await portal.browser().ask('GET', '/api/sign-in/corp');
  const { searchParams } = new URL(String(headers.location));
  expect([searchParams.get('acr_values'), searchParams.get('max_age')]).toEqual(['two three', '900']);
  await asking({});
  const plain = await portal.browser().ask('GET', '/api/sign-in/corp');
  expect(String(plain.headers.location)).not.toMatch(/acr_values|max_age/);
});

it('has the provider ask again for whoever signed in there too long ago, and sees whether it did', async () => {
  await asking({ maxAgeSeconds: 900 });
  const browser = portal.browser();
  await browser.signIn('two');
  // The provider still knows her, and doesn’t ask for an account: this one would be let in otherwise.
  expect((await browser.signIn('')).headers.location).toBe('/');
  await asking({ maxAgeSeconds: 0 });
  const other = portal.browser();
  await other.signIn('two');
  expect((await other.signIn('')).headers.location).toBe('/sign-in?error=SIGN_IN_DENIED');
});
