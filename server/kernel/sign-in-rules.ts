/** Ways to sign in that would let in more people than anybody means are refused at the start, where they stand. */
import type { z } from 'zod';
import type { AccessConfig, ProviderConfig } from './access-config.ts';
import { isLoopback } from './loopback.ts';

type Report = (path: (string | number)[], message: string) => void;

/** For the whole configuration, so that each message names its line. */
export function checkSignIn(
  { access, tls }: { access: AccessConfig; tls?: object | undefined },
  context: z.RefinementCtx,
): void {
  const report: Report = (path, message) =>
    context.addIssue({ code: 'custom', path: ['access', ...path], message });
  if (access.url !== undefined) checkUrl(access.url, tls !== undefined, report);
  const ids = access.signIn.map(({ id }) => id);
  for (const [index, provider] of access.signIn.entries()) {
    const path = ['signIn', index];
    if (ids.indexOf(provider.id) !== index) report([...path, 'id'], `${provider.id} is there already`);
    if (provider.kind === 'oidc') checkIssuer(provider, path, report);
    else checkGithub(provider, path, report);
  }
}

function checkUrl(text: string, hasTls: boolean, report: Report): void {
  const url = new URL(text);
  if (!isPrivateWay(url)) report(['url'], 'must begin with https://, unless it is of this machine');
  else if (hasTls && url.protocol !== 'https:')
    report(['url'], 'must begin with https://, as tls is configured');
  if (url.pathname !== '/' || url.search || url.hash) {
    report(['url'], 'must end after host and port: the portal is not served below a path');
  }
}

/** Nobody between can read or change what is sent. */
function isPrivateWay({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** There, anybody may make an account. */
const openIssuers = new Set(['accounts.google.com', 'gitlab.com']);
const anyTenant = /^\/(?:common|organizations|consumers)\//;

function checkIssuer(
  { issuer, emailDomains }: Extract<ProviderConfig, { kind: 'oidc' }>,
  path: (string | number)[],
  report: Report,
): void {
  const url = new URL(issuer);
  if (!isPrivateWay(url)) report([...path, 'issuer'], 'must begin with https://');
  if (url.hostname === 'login.microsoftonline.com' && anyTenant.test(url.pathname)) {
    report([...path, 'issuer'], 'lets in accounts of every company: name your tenant instead');
  }
  if (openIssuers.has(url.hostname) && emailDomains.length === 0) {
    report(path, 'lets in everybody who has an account there: name your emailDomains');
  }
}

function checkGithub(
  { url: text, organizations }: Extract<ProviderConfig, { kind: 'github' }>,
  path: (string | number)[],
  report: Report,
): void {
  const url = new URL(text);
  if (!isPrivateWay(url)) report([...path, 'url'], 'must begin with https://');
  if (url.hostname === 'github.com' && organizations.length === 0) {
    report(path, 'lets in everybody who has an account there: name your organizations');
  }
}
