/** A stream of events is open for hours: it ends with what let it in. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it, vi } from 'vitest';
import { entity, openTestStore, reading } from '#tools/test-store.ts';
import { registerEvents } from '../catalog/events-route.ts';
import { type Browser, openPortal, signInPortal } from './sign-in-test-support.ts';

const HOUR = 3_600_000;
const accounts = {
  'sub-ada': { email: 'ada@example.com', email_verified: true },
  'sub-bob': { email: 'bob@example.com', preferred_username: 'bob' },
};
const portal = signInPortal(openTestStore, accounts);

const others: FastifyInstance[] = [];
afterEach(() => Promise.all(others.splice(0).map((app) => app.close())));

/** With the stream of the catalog. @param lookEveryMs hours pass by the clock of the test, not by waiting. */
const withEvents = (lookEveryMs: number) => ({
  lookEveryMs,
  register: (app: FastifyInstance) =>
    registerEvents(app, {
      feed: portal.world.catalog.feed,
      progress: { current: () => ({}), onChange: () => () => undefined },
      scores: { onChange: () => () => undefined },
      docs: { onChange: () => () => undefined },
    }),
});
const NEVER = 2_000_000_000;
const OFTEN = 20;

async function signedIn(account = 'sub-ada'): Promise<Browser> {
  const browser = portal.browser();
  await browser.signIn(account);
  return browser;
}

const cookieOf = (browser: Browser) => ({
  cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
});

interface Listening {
  heard(): string;
  ended: Promise<void>;
}

async function listen(headers: Record<string, string>, app = portal.app): Promise<Listening> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/events`, { headers });
  expect(response.status).toBe(200);
  let text = '';
  const ended = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
  })();
  const stream = { heard: () => text, ended };
  await tells(stream);
  return stream;
}

let seq = 1000;
/** Waits until a stream has told of a change. */
async function tells({ heard }: Listening): Promise<void> {
  seq += 1;
  portal.world.catalog.feed.publish({ seq, refs: ['a:b/c'], related: [] });
  await vi.waitFor(() => expect(heard()).toContain(`"seq":${seq}`));
}

it('ends at once with its session, however that ends here, and no other does', async () => {
  await portal.reopen({}, withEvents(NEVER));
  const [here, there, bob] = [await signedIn(), await signedIn(), await signedIn('sub-bob')];
  const ofBob = await listen(cookieOf(bob));
  const first = await listen(cookieOf(here));
  await here.ask('POST', '/api/session/sign-out');
  await first.ended;
  const second = await listen(cookieOf(there));
  const third = await signedIn();
  const ofThird = await listen(cookieOf(third));
  const { sessions } = (await third.ask('GET', '/api/session/sessions')).json<{
    sessions: { id: string; current: boolean }[];
  }>();
  await third.ask('DELETE', `/api/session/sessions/${sessions.find(({ current }) => !current)?.id}`);
  await second.ended;
  await tells(ofThird);
  await third.ask('POST', '/api/session/sign-out-everywhere');
  await ofThird.ended;
  await tells(ofBob);
});

it('ends with a session that was ended in another process', async () => {
  const other = await openPortal(portal.world, portal.access(), withEvents(OFTEN));
  others.push(other);
  const [ada, bob] = [await signedIn(), await signedIn('sub-bob')];
  const [ofAda, ofBob] = [await listen(cookieOf(ada), other), await listen(cookieOf(bob), other)];
  await ada.ask('POST', '/api/session/sign-out');
  await ofAda.ended;
  await tells(ofBob);
});

it('does not keep a session that is not used otherwise, and ends with it', async () => {
  await portal.reopen({ sessionIdleHours: 2 }, withEvents(OFTEN));
  const [idle, busy] = [await signedIn(), await signedIn('sub-bob')];
  const [ofIdle, ofBusy] = [await listen(cookieOf(idle)), await listen(cookieOf(busy))];
  portal.wait(1.5 * HOUR);
  await busy.session();
  portal.wait(0.5 * HOUR);
  await ofIdle.ended;
  await tells(ofBusy);
});

it('goes on when its session gets another id, and ends with it all the same', async () => {
  await portal.reopen({}, withEvents(NEVER));
  const browser = await signedIn();
  const before = cookieOf(browser);
  const stream = await listen(before);
  const other = await listen(cookieOf(await signedIn('sub-bob')));
  portal.wait(HOUR);
  await browser.session();
  portal.wait(HOUR / 2);
  expect(cookieOf(browser)).not.toEqual(before);
  const short = await signedIn();
  const ofShort = await listen(cookieOf(short));
  await short.ask('POST', '/api/session/sign-out');
  await ofShort.ended;
  await tells(stream);
  await browser.ask('POST', '/api/session/sign-out');
  await stream.ended;
  await tells(other);
});

it('ends when its person leaves the catalog, or may not look any more', async () => {
  const grants = [{ role: 'viewer', groups: ['lookers'] }];
  await portal.reopen({ defaultRole: null, grants }, withEvents(OFTEN));
  const { world } = portal;
  const looking = (members: string[]) =>
    reading('lookers.yaml', [entity('Group:lookers', { type: 'team', children: [], members })]);
  const [ada, bob] = [await signedIn(), await signedIn('sub-bob')];
  await world.read('first', looking(['ada.l', 'bob']));
  const [ofAda, ofBob] = [await listen(cookieOf(ada)), await listen(cookieOf(bob))];
  await world.read('first', looking(['ada.l']));
  await ofBob.ended;
  await tells(ofAda);
  await world.catalog.removeEntity('user:default/ada.l');
  await ofAda.ended;
});

it('ends with its token: revoked here or in another process, and when its time is over', async () => {
  await portal.reopen({}, withEvents(NEVER));
  const other = await openPortal(portal.world, portal.access(), withEvents(OFTEN));
  others.push(other);
  const ada = await signedIn();
  const make = async () => {
    const payload = { name: 'watch', scopes: ['catalog.entity.read'], expiresInDays: 1 };
    const answer = await ada.ask('POST', '/api/tokens', { payload });
    const { token, secret } = answer.json<{ token: { id: string }; secret: string }>();
    return { id: token.id, headers: { authorization: `Bearer ${secret}` } };
  };
  const [first, second] = [await make(), await make()];
  const [here, there] = [await listen(first.headers), await listen(first.headers, other)];
  const [longer, elsewhere] = [await listen(second.headers), await listen(second.headers, other)];
  await ada.ask('DELETE', `/api/tokens/${first.id}`);
  await Promise.all([here.ended, there.ended]);
  await Promise.all([tells(longer), tells(elsewhere)]);
  portal.wait(24 * HOUR);
  await elsewhere.ended;
});

it('goes on for whoever needs no session, and ends for who had one', async () => {
  await portal.reopen({ anonymousRole: 'viewer' }, withEvents(NEVER));
  const ada = await signedIn();
  const [ofNobody, ofAda] = [await listen({}), await listen(cookieOf(ada))];
  await ada.ask('POST', '/api/session/sign-out');
  await ofAda.ended;
  await tells(ofNobody);
});
