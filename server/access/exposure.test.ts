import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { testApp } from '#tools/test-app.ts';
import { configSchema } from '../kernel/config.ts';
import { checkExposure, refuseExposed } from './exposure.ts';

const url = 'https://portal.example';
const signIn = [{ id: 'corp', kind: 'oidc', title: 'Corp', issuer: 'https://login.example', clientId: 'x' }];
const tls = { certificate: 'portal.pem', key: 'portal.key' };

it.each([
  ['127.0.0.1', {}, undefined],
  ['::1', {}, undefined],
  ['localhost', {}, undefined],
  ['0.0.0.0', {}, 'LOCAL_MODE_EXPOSED'],
  ['::', {}, 'LOCAL_MODE_EXPOSED'],
  ['192.168.1.10', { access: { url } }, 'LOCAL_MODE_EXPOSED'],
  ['portal.example', {}, 'LOCAL_MODE_EXPOSED'],
  ['0.0.0.0', { tls }, 'LOCAL_MODE_EXPOSED'],
  ['0.0.0.0', { access: { trustProxy: true } }, 'LOCAL_MODE_EXPOSED'],
  ['0.0.0.0', { access: { signIn } }, 'CONFIG_INVALID'],
  ['0.0.0.0', { access: { signIn, trustProxy: true } }, 'CONFIG_INVALID'],
  ['0.0.0.0', { access: { signIn }, tls }, 'CONFIG_INVALID'],
  ['0.0.0.0', { access: { signIn, url } }, 'PLAIN_HTTP_EXPOSED'],
  ['192.168.1.10', { access: { signIn, url } }, 'PLAIN_HTTP_EXPOSED'],
  ['0.0.0.0', { access: { signIn, url, trustProxy: true } }, undefined],
  ['0.0.0.0', { access: { signIn, url }, tls }, undefined],
  ['127.0.0.1', { access: { signIn } }, undefined],
  ['127.0.0.1', { access: { signIn, url } }, undefined],
])('listening on %s with %j: %s', (host, config, code) => {
  const check = () => checkExposure(configSchema.parse({ host, ...config }));
  if (code === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code }));
});

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

async function ask(config: object, path: string, remoteAddress: string, headers: Record<string, string>) {
  app = await testApp((server) => {
    refuseExposed(server, configSchema.parse(config));
    server.get('/api/asked', { config: { permission: 'public' } }, () => ({}));
    server.get('/page', () => 'a page');
  });
  const answer = await app.inject({ url: path, remoteAddress, headers });
  return answer.statusCode === 200 ? undefined : answer.json<{ error: { code: string } }>().error.code;
}

const behind = { access: { url, signIn, trustProxy: true } };
const forwarded = { 'x-forwarded-for': '192.0.2.7' };

it.each<[string, object, string, string, Record<string, string>, string | undefined]>([
  ['in clear, around the proxy', behind, '/api/asked', '192.0.2.7', {}, 'HTTPS_NEEDED'],
  ['in clear, around the proxy, by IPv6', behind, '/api/asked', '2001:db8::7', {}, 'HTTPS_NEEDED'],
  ['by the proxy', behind, '/api/asked', '192.0.2.1', forwarded, undefined],
  ['by a program on this machine', behind, '/api/asked', '127.0.0.1', {}, undefined],
  ['by who looks whether it lives', behind, '/page', '192.0.2.7', {}, undefined],
  ['by https', { ...behind, tls }, '/api/asked', '192.0.2.7', {}, undefined],
])('being asked %s', async (_how, config, path, from, headers, code) => {
  expect(await ask(config, path, from, headers)).toBe(code);
});
