import { afterEach, describe, expect, it } from 'vitest';
import { AddressGuard } from '../../kernel/address-guard.ts';
import { createFetch } from '../../kernel/fetch.ts';
import type { StepContext, Values } from '../step-action.ts';
import { httpRequest } from './http-request.ts';
import { actionOf, closeServers, configOf, serve, TOKEN, token } from './outside.test-helper.ts';

afterEach(closeServers);

/** @param allow hosts of this machine that a template may name. */
function stepWith(input: Values, { allow = [] as string[], target = '', id = 'http:request' } = {}) {
  const proxies = target ? { snyk: { target, authorization: token } } : {};
  const fetch = createFetch({ guard: new AddressGuard({ allow }), pause: async () => {} });
  const action = actionOf(httpRequest({ config: configOf({ proxies }), fetch }), id);
  const context = {
    input,
    key: 'run-1/ask',
    log: { info: () => undefined, warn: () => undefined },
    signal: new AbortController().signal,
  } as unknown as StepContext;
  return {
    run: () => action.run(context),
    plan: () => action.plan(context),
    settle: () => action.settle?.(context),
  };
}

describe('http:request', () => {
  it('does not reach the inside of the network, unless the configuration allows it', async () => {
    const inside = await serve(() => ({ body: { well: true } }));
    const input = { method: 'POST', url: `${inside.url}/a`, params: { b: 1 }, body: { c: 2 } };
    await expect(stepWith(input).run()).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(inside.asked).toEqual([]);
    const outcome = await stepWith(input, { allow: ['127.0.0.1'] }).run();
    expect(outcome).toMatchObject({ output: { code: 200, body: { well: true } } });
    expect(inside.asked[0]).toMatchObject({ method: 'POST', path: '/a', body: { c: 2 } });
    expect(inside.asked[0]?.query.get('b')).toBe('1');
    // Whoever receives it twice can tell.
    expect(inside.asked[0]?.headers['idempotency-key']).toBe('run-1/ask');
  });

  it('asks below an address of the configuration, with its login and without telling it', async () => {
    const snyk = await serve(() => ({ body: [] }));
    const step = stepWith({ path: '/proxy/snyk/orgs' }, { target: `${snyk.url}/v1/` });
    expect(await step.run()).toMatchObject({ output: { code: 200, body: [] } });
    expect(snyk.asked[0]).toMatchObject({ path: '/v1/orgs', headers: { authorization: TOKEN } });
    expect(JSON.stringify(await step.plan())).not.toContain(TOKEN);
  });

  it('asks the portal itself as an address of the configuration, by its token alone', async () => {
    const portal = await serve(() => ({ body: [{ kind: 'Component' }] }));
    const input = { path: '/proxy/snyk/catalog/entities', params: { limit: 1 } };
    const step = stepWith(input, { target: `${portal.url}/api`, id: 'http:backstage:request' });
    expect(await step.run()).toMatchObject({ output: { code: 200, body: [{ kind: 'Component' }] } });
    expect(portal.asked[0]).toMatchObject({
      path: '/api/catalog/entities',
      headers: { authorization: TOKEN },
    });
  });

  it.each([
    [{ path: '/proxy/none/x' }, 'the proxy none, which is not configured'],
    [{ path: '/proxy/constructor/x' }, 'the proxy constructor, which is not configured'],
    [
      { path: '/api/catalog/entities?limit=1' },
      'name the portal under actions.proxies, with a token of a machine, and write /proxy/NAME/catalog/entities?limit=1',
    ],
    [{ path: 'catalog/refresh', method: 'POST' }, 'and write /proxy/NAME/catalog/refresh'],
    [{}, '“” is no address'],
    [{ url: 'http://' }, 'http:// is no address'],
  ])('%j: %s', async (input, message) => {
    await expect(stepWith(input).run()).rejects.toThrow(message);
  });

  it('fails on a bad answer, for good or for the moment, unless it is to go on', async () => {
    const odd = await serve(() => ({ status: 404, body: { message: 'no' } }));
    const allow = ['127.0.0.1'];
    const post = { method: 'POST', url: odd.url };
    await expect(stepWith(post, { allow }).run()).rejects.toMatchObject({
      code: 'STEP_FAILED',
      temporary: false,
    });
    odd.next('POST', /.*/, { status: 503 });
    await expect(stepWith(post, { allow }).run()).rejects.toMatchObject({ temporary: true });
    const going = stepWith({ ...post, continueOnBadResponse: true }, { allow });
    expect(await going.run()).toMatchObject({ output: { code: 404, body: { message: 'no' } } });
  });

  it('is asked again after a crash only where that does nothing twice', async () => {
    expect(await stepWith({ method: 'PUT', url: 'https://example.com' }).settle()).toBe('not-done');
    expect(await stepWith({ method: 'POST', url: 'https://example.com' }).settle()).toBe('unknown');
  });
});
