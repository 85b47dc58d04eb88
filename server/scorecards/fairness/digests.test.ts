import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLog } from '#server/kernel/log.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, entity, openTestStore, type TestTables } from '#tools/test-store.ts';
import { openStandards, rule, type StandardsWorld, scorecard, service } from '../scorecards.test-helper.ts';
import { CampaignKeeper } from './campaign-keeper.ts';
import type { Digest } from './digests.ts';

let store: Store<TestTables>;
let world: StandardsWorld;
let keeper: CampaignKeeper;
let digests: Digest[];
/** Addresses that the mail server does not take just now. */
let refused: Set<string>;
let missing: string | null;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  digests = [];
  refused = new Set();
  missing = null;
  world = await openStandards(store);
  const { db, scorecards, now } = world;
  keeper = new CampaignKeeper({
    ...{ db, scorecards, now, log: createLog('silent') },
    remind: async () => 'page',
    issues: { missing: 'none', open: async () => null, close: async () => undefined },
    digest: {
      get missing() {
        return missing;
      },
      async send(digest) {
        if (refused.has(digest.email)) throw new Error('Not now');
        digests.push(digest);
      },
    },
    ...{ issuesMissing: null, digestsMissing: null },
  });
  await world.declare('all.yaml', [
    scorecard('ready', [
      rule('readme', 'bronze', 'facts.readme.present'),
      rule('long', 'silver', 'facts.readme.words > 50'),
    ]),
    campaign('readmes', { rules: ['readme'], deadline: '2026-03-11', remindDays: [10, 3] }),
    campaign('words', { rules: ['long'], deadline: '2026-06-30', remindDays: [30] }),
    campaign('over', { rules: ['long'], deadline: '2026-02-01', starts: '2026-01-01', remindDays: [0] }),
    entity('Group:core', { type: 'team', children: [] }),
    entity('Group:edge', { type: 'team', children: [], profile: { email: 'edge@example.com' } }),
    user('ada', ['core'], 'ada@example.com'),
    user('bob', ['core']),
    user('eve', ['edge']),
    entity('Component:a', { ...service, owner: 'core' }, { title: 'Service A' }),
    entity('Component:b', { ...service, owner: 'user:ada' }),
    entity('Component:c', { ...service, owner: 'edge' }),
    entity('Component:d', service),
  ]);
  for (const name of ['a', 'b', 'c', 'd'])
    await world.report(`component:default/${name}`, { present: false, words: 1 });
  world.keeper.start();
  await world.keeper.settled();
});
afterEach(() => world.close());
afterAll(() => store.close());

function campaign(name: string, spec: object) {
  const whole = entity(`Campaign:${name}`, { scorecard: 'ready', starts: '2026-03-01', ...spec });
  return { ...whole, apiVersion: 'atrium.dev/v1alpha1' };
}

function user(name: string, memberOf: string[], email?: string) {
  return entity(`User:${name}`, { memberOf, ...(email && { profile: { email } }) }, { title: name });
}

async function on(time: string): Promise<string[]> {
  world.clock.at = new Date(time);
  await keeper.round();
  return digests.splice(0).map(({ email }) => email);
}

it('has all that running campaigns want of a person, once a day on which somebody is reminded', async () => {
  world.clock.at = new Date('2026-03-01T08:00:00Z');
  await keeper.round();
  expect(digests).toEqual([
    {
      ...{ to: 'group:default/edge', name: 'edge', email: 'edge@example.com' },
      tasks: [
        { ...readmes, entities: [{ ref: 'component:default/c', title: 'c', rules: ['readme'] }] },
        { ...words, entities: [{ ref: 'component:default/c', title: 'c', rules: ['long'] }] },
      ],
    },
    {
      ...{ to: 'user:default/ada', name: 'ada', email: 'ada@example.com' },
      tasks: [
        {
          ...readmes,
          entities: [
            { ref: 'component:default/a', title: 'Service A', rules: ['readme'] },
            { ref: 'component:default/b', title: 'b', rules: ['readme'] },
          ],
        },
        {
          ...words,
          entities: [
            { ref: 'component:default/a', title: 'Service A', rules: ['long'] },
            { ref: 'component:default/b', title: 'b', rules: ['long'] },
          ],
        },
      ],
    },
  ]);
  digests.length = 0;
  expect(await on('2026-03-01T20:00:00Z')).toEqual([]);
  expect(await on('2026-03-02T08:00:00Z')).toEqual([]);
  expect(await on('2026-03-08T08:00:00Z')).toEqual(['edge@example.com', 'ada@example.com']);
});

const readmes = { campaign: 'campaign:default/readmes', title: 'readmes', deadline: '2026-03-11' };
const words = { campaign: 'campaign:default/words', title: 'words', deadline: '2026-06-30' };

it('stands on the page of each campaign that it is about', async () => {
  await on('2026-03-01T08:00:00Z');
  const page = await world.ask('/api/campaigns/default/readmes');
  expect(page.reminders.filter(({ how }: { how: string }) => how === 'email')).toMatchObject([
    { to: { ref: 'group:default/edge' }, left: 1 },
    { to: { ref: 'user:default/ada' }, left: 2 },
  ]);
  expect((await world.ask('/api/campaigns/default/over')).reminders).toEqual([]);
});

it('is sent again where the server did not take it, and only then', async () => {
  refused.add('ada@example.com');
  expect(await on('2026-03-01T08:00:00Z')).toEqual(['edge@example.com']);
  refused.clear();
  expect(await on('2026-03-01T09:00:00Z')).toEqual(['ada@example.com']);
  expect(await on('2026-03-01T10:00:00Z')).toEqual([]);
});

it('leaves out what is done, and whoever has nothing left', async () => {
  for (const name of ['a', 'b'])
    await world.report(`component:default/${name}`, { present: true, words: 90 });
  await world.keeper.settled();
  expect(await on('2026-03-01T08:00:00Z')).toEqual(['edge@example.com']);
});

it('is sent by nobody where no server is configured', async () => {
  missing = 'No mail server is configured';
  expect(await on('2026-03-01T08:00:00Z')).toEqual([]);
  missing = null;
  expect(await on('2026-03-01T09:00:00Z')).toHaveLength(2);
});
