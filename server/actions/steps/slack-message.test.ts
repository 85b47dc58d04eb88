import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AddressGuard } from '../../kernel/address-guard.ts';
import { createFetch } from '../../kernel/fetch.ts';
import { keepSecret, Secret } from '../../kernel/secret.ts';
import type { Values } from '../step-action.ts';
import {
  closeServers,
  depsOf,
  emptyAddress,
  serve,
  stepOf,
  type TestServer,
  TOKEN,
  token,
} from './outside.test-helper.ts';
import { dispatch, found, type Routes } from './routes.test-helper.ts';
import { removeFolders } from './step.test-helper.ts';

let slack: TestServer;
let messages: Values[];
beforeEach(async () => {
  messages = [];
  const routes: Routes = {
    'POST /services/:rest': (_at, { body }) => {
      messages.push(body);
      return { body: 'ok', headers: { 'content-type': 'text/html' } };
    },
    'POST /api/chat.postMessage': (_at, { body, headers }) => {
      if (headers.authorization !== `Bearer ${TOKEN}`) return found({ ok: false, error: 'invalid_auth' });
      if (body.channel !== '#shop') return found({ ok: false, error: 'channel_not_found' });
      messages.push({ ...body, ts: '1.2' });
      return found({ ok: true, ts: '1.2', channel: 'C1' });
    },
    'POST /api/chat.delete': (_at, { body }) => {
      const index = messages.findIndex(({ ts }) => ts === body.ts);
      if (index < 0) return found({ ok: false, error: 'message_not_found' });
      messages.splice(index, 1);
      return found({ ok: true });
    },
  };
  slack = await serve((asked) => dispatch(routes, asked));
});
afterEach(() => {
  closeServers();
  removeFolders();
});

const webhook = (input: Values = {}, address = `${slack.url}/services/T0/B0/hidden`) =>
  stepOf(depsOf({ slack: { webhook: new Secret(address) } }), 'slack:message', {
    message: 'Hello',
    ...input,
  });
const bot = (input: Values = {}) => {
  const slackApi = `${slack.url}/api`;
  const deps = depsOf({ slack: { token, apiUrl: slackApi } });
  return stepOf(deps, 'slack:message', { message: 'Hello', channel: '#shop', ...input });
};

describe('slack:message with a webhook', () => {
  it('sends the text, and the layout', async () => {
    const blocks = [{ type: 'divider' }];
    await webhook({ blocks }).done();
    expect(messages).toEqual([{ text: 'Hello', blocks }]);
  });

  it('can not be taken back, nor found again: a person has to say', async () => {
    const step = webhook();
    const output = await step.done();
    await step.undo(output);
    expect(step.log).toEqual(['warning: A message that a webhook sent can’t be taken back']);
    expect(await step.settle()).toBe('unknown');
  });

  it('is tried again only when it was certainly not sent, and tells the address nowhere', async () => {
    slack.next('POST', /services/, { status: 429, headers: { 'retry-after': '2' } });
    await expect(webhook().run()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 2 });
    slack.next('POST', /services/, { status: 504 });
    await expect(webhook().run()).rejects.toMatchObject({ code: 'STEP_FAILED' });
    const address = `${await emptyAddress()}/services/T0/B0/hidden`;
    keepSecret(address);
    const away = await webhook({}, address)
      .run()
      .catch((error: unknown) => error);
    expect(away).toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
    expect(String(away)).not.toContain('hidden');
  });

  it('does not reach inside for a template', async () => {
    const step = stepOf(depsOf({}), 'slack:sendMessage:webhook', {
      message: 'Hi',
      webhookUrl: `${slack.url}/services/x`,
    });
    await expect(step.run()).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    const fetch = createFetch({ guard: new AddressGuard({ allow: ['127.0.0.1'] }) });
    const allowed = { ...depsOf({}), fetch };
    await stepOf(allowed, 'slack:sendMessage', {
      message: 'Hi',
      webhookUrl: `${slack.url}/services/x`,
    }).done();
    expect(messages).toEqual([{ text: 'Hi' }]);
  });
});

describe('slack:message with a token', () => {
  it('sends it, and takes it back once and again', async () => {
    const output = await bot().done();
    expect(output).toEqual({ ts: '1.2', channel: 'C1' });
    await bot().undo(output);
    await bot().undo(output);
    expect(messages).toEqual([]);
  });

  it('tells what Slack says', async () => {
    await expect(bot({ channel: '#none' }).run()).rejects.toThrow(
      'Slack does not take the message: channel_not_found',
    );
    await expect(bot({ channel: undefined }).run()).rejects.toThrow('channel has to say');
    slack.next('POST', /chat/, { body: { ok: false, error: 'ratelimited' } });
    await expect(bot().run()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('is planned, and says what to set', async () => {
    const { calls } = await bot().plan();
    expect(calls).toEqual([
      { summary: 'Tell #shop in Slack', target: 'Slack', detail: { message: 'Hello' } },
    ]);
    const bare = stepOf(depsOf({}), 'slack:message', { message: 'x' });
    expect(bare.missing()).toContain('set actions.slack to');
    await expect(bare.run()).rejects.toThrow(bare.missing() ?? '');
    expect(stepOf(depsOf({}), 'slack:sendMessage', { message: 'x' }).missing()).toBeNull();
  });
});
