import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLog } from '#server/kernel/log.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, entity, openTestStore, type TestTables } from '#tools/test-store.ts';
import { openStandards, rule, type StandardsWorld, scorecard } from '../scorecards.test-helper.ts';
import { CampaignKeeper, type Reminder } from './campaign-keeper.ts';
import type { Digest } from './digests.ts';

let store: Store<TestTables>;
let world: StandardsWorld;
let keeper: CampaignKeeper;
const reminders: Reminder[] = [];
const digests: Digest[] = [];
const issues = new Map<string, 'open' | 'closed'>();

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  reminders.length = 0;
  digests.length = 0;
  issues.clear();
  world = await openStandards(store);
  const { db, scorecards, now } = world;
  keeper = new CampaignKeeper({
    ...{ db, scorecards, now, log: createLog('silent') },
    async remind(reminder) {
      reminders.push(reminder);
      return 'slack';
    },
    issues: {
      missing: null,
      async open({ entity: ref }) {
        const url = `https://git.example.com/issues/${ref}`;
        issues.set(url, 'open');
        return url;
      },
      close: async (_, url) => void issues.set(url, 'closed'),
    },
    digest: { missing: null, send: async (digest) => void digests.push(digest) },
    ...{ issuesMissing: null, digestsMissing: null },
  });
  await begin();
});
afterEach(() => world.close());
afterAll(() => store.close());

const service = { type: 'service', lifecycle: 'production' };
const a = 'component:default/a';
const b = 'component:default/b';

async function begin(): Promise<void> {
  const campaign = {
    ...entity('Campaign:readmes', {
      scorecard: 'ready',
      rules: ['readme'],
      starts: '2026-03-01',
      deadline: '2026-03-11',
      audience: 'spec.lifecycle=production',
      remindDays: [10, 3],
      issues: true,
    }),
    apiVersion: 'atrium.dev/v1alpha1',
  };
  const rules = [rule('readme', 'bronze', 'facts.readme.present'), rule('never', 'silver', 'false')];
  await world.declare('all.yaml', [
    entity('Group:core', { type: 'team', children: [] }),
    scorecard('ready', rules),
    campaign,
    entity('Component:a', { ...service, owner: 'core' }),
    entity('Component:b', { ...service, owner: 'core' }),
    entity('Component:old', { ...service, lifecycle: 'deprecated', owner: 'core' }),
  ]);
  await world.report(a, { present: false });
  await world.report(b, { present: true });
  world.keeper.start();
  await world.keeper.settled();
}

async function on(day: string): Promise<void> {
  world.clock.at = new Date(`${day}T12:00:00Z`);
  await keeper.round();
}

const page = () => world.ask('/api/campaigns/default/readmes');

it('counts what is left of its rules among its audience', async () => {
  expect((await page()).card).toMatchObject({ total: 2, left: 1, state: 'running', scorecardTitle: 'ready' });
  expect(await page()).toMatchObject({
    rules: [{ id: 'readme', left: 1 }],
    teams: [{ team: { ref: 'group:default/core' }, total: 2, left: 1 }],
    open: [{ ref: a, rules: ['readme'], issue: null }],
  });
});

it('reminds each owner once on each of its days, and of what it missed', async () => {
  await on('2026-03-01');
  await keeper.round();
  await on('2026-03-02');
  expect(reminders).toMatchObject([{ to: 'group:default/core', entities: [{ ref: a, rules: ['readme'] }] }]);
  // The portal was down on the 8th.
  await on('2026-03-09');
  expect(reminders).toHaveLength(2);
  await on('2026-03-12');
  expect(reminders).toHaveLength(2);
  expect((await page()).reminders).toMatchObject([
    { to: { ref: 'group:default/core' }, left: 1, how: 'slack' },
    { left: 1, how: 'slack' },
  ]);
  expect((await page()).card.state).toBe('overdue');
});

it('opens an issue for what is open, and closes it when it passes', async () => {
  await on('2026-03-01');
  const [url = ''] = issues.keys();
  expect(issues.get(url)).toBe('open');
  expect((await page()).open).toMatchObject([{ ref: a, issue: url }]);
  world.clock.at = new Date('2026-03-04T12:00:00Z');
  await world.report(a, { present: true });
  await world.keeper.settled();
  await on('2026-03-04');
  expect(issues).toEqual(new Map([[url, 'closed']]));
  expect((await page()).card).toMatchObject({ left: 0, state: 'done' });
});

it('burns down day by day, beside the even way', async () => {
  world.clock.at = new Date('2026-03-04T12:00:00Z');
  await world.report(a, { present: true });
  await world.keeper.settled();
  const { days } = await page();
  expect(days.slice(0, 5)).toEqual([
    { day: '2026-03-01', left: 1, ideal: 2 },
    { day: '2026-03-02', left: 1, ideal: 1.8 },
    { day: '2026-03-03', left: 1, ideal: 1.6 },
    { day: '2026-03-04', left: 0, ideal: 1.4 },
    { day: '2026-03-05', left: null, ideal: 1.2 },
  ]);
  expect(days.at(-1)).toEqual({ day: '2026-03-11', left: null, ideal: 0 });
});

it('says what is wrong with one that names no scorecard that there is', async () => {
  await world.declare('all.yaml', [
    {
      ...entity('Campaign:lost', { scorecard: 'gone', deadline: '2026-03-11' }),
      apiVersion: 'atrium.dev/v1alpha1',
    },
  ]);
  const { items } = await world.ask('/api/campaigns');
  expect(items).toMatchObject([
    { problems: [{ message: expect.stringContaining('scorecard:default/gone') }] },
  ]);
});
