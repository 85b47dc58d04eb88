import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, entity, openTestStore, type TestTables } from '#tools/test-store.ts';
import { openStandards, person, rule, type StandardsWorld, scorecard } from './scorecards.test-helper.ts';

let store: Store<TestTables>;
let world: StandardsWorld;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  world = await openStandards(store);
});
afterEach(() => world.close());
afterAll(() => store.close());

const a = 'component:default/a';
const b = 'component:default/b';
const service = { type: 'service', lifecycle: 'production' };
const rules = [
  rule('readme', 'bronze', 'facts.readme.present', { weight: 3, effort: 'small', why: 'People read it' }),
  rule('long', 'silver', 'facts.readme.words > 50', {
    remedy: { template: 'template:default/fix', values: { entity: '{entity}' } },
  }),
];

async function begin(more: Record<string, unknown> = {}): Promise<void> {
  await world.declare('teams.yaml', [
    entity('Group:core', { type: 'team', children: [] }),
    entity('Group:platform', { type: 'team', children: [] }),
  ]);
  await world.declare('cards.yaml', [scorecard('ready', rules, more)]);
  await world.declare('services.yaml', [
    entity('Component:a', { ...service, owner: 'core' }),
    entity('Component:b', service),
    entity('Resource:r', { type: 'database', owner: 'core' }),
  ]);
  await world.report(a, { present: true, words: 10 });
  world.keeper.start();
  await world.keeper.settled();
}

const ladder = async (ref: string) => (await world.ask(`/api/scores/${ref.replace(':', '/')}`)).items[0];

describe('scores', () => {
  it('say where each entity in scope stands, and what is unknown is neither passed nor failed', async () => {
    await begin();
    const { items } = await world.ask('/api/scorecards');
    expect(items).toMatchObject([
      {
        ref: 'scorecard:default/ready',
        entities: 2,
        byLevel: { none: 1, bronze: 1, silver: 0 },
        percent: 75,
        problems: [],
      },
    ]);
    const { items: scores } = await world.ask('/api/scorecards/default/ready/scores');
    expect(scores).toMatchObject([
      { ref: b, level: null, percent: null, results: ['unknown', 'unknown'], owner: null },
      {
        ref: a,
        level: 'bronze',
        percent: 75,
        results: ['pass', 'fail'],
        owner: { ref: 'group:default/core' },
      },
    ]);
  });

  it('give the ladder of an entity with reasons, and the next best fix filled in for it', async () => {
    await begin();
    expect(await ladder(a)).toMatchObject({
      level: 'bronze',
      nextLevel: 'silver',
      next: ['long'],
      rungs: [
        { id: 'readme', result: 'pass', message: 'readme.present is true' },
        {
          id: 'long',
          result: 'fail',
          message: 'readme.words is 10',
          fix: {
            template: 'template:default/fix',
            title: 'Title of template:default/fix',
            values: { entity: a },
          },
        },
      ],
    });
  });
});

describe('what changes', () => {
  it('is followed: a fact, an entity, a scorecard; and pages are told of it', async () => {
    await begin();
    const heard: string[][] = [];
    world.feed.onChange(({ refs }) => void heard.push(refs));
    await world.report(a, { present: true, words: 60 });
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({ level: 'silver', percent: 100 });
    expect(heard).toEqual([[a]]);
    await world.declare('services.yaml', [entity('Component:a', { ...service, owner: 'core' })]);
    await world.keeper.settled();
    expect((await world.ask('/api/scorecards/default/ready/scores')).total).toBe(1);
    await world.declare('cards.yaml', [scorecard('ready', [rule('never', 'bronze', 'false')])]);
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({ level: null });
    await world.declare('cards.yaml', []);
    await world.keeper.settled();
    expect((await world.ask('/api/scorecards')).items).toEqual([]);
  });

  it('of the owner has what it owns judged again', async () => {
    await begin();
    await world.declare('cards.yaml', [
      scorecard('ready', [rule('on-call', 'bronze', 'has(owner.spec.onCall)')]),
    ]);
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({ level: null });
    const core = entity('Group:core', { type: 'team', children: [], onCall: { people: ['ada'] } });
    await world.declare('teams.yaml', [core, entity('Group:platform', { type: 'team', children: [] })]);
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({ level: 'silver' });
  });

  it('for the worse keeps a scorecard from judging, and says where the mistake is', async () => {
    await begin();
    await world.declare('cards.yaml', [scorecard('ready', [rule('x', 'bronze', 'facts.readme.wrods > 1')])]);
    await world.keeper.settled();
    const { items } = await world.ask('/api/scorecards');
    expect(items[0].problems).toMatchObject([
      { field: 'spec.rules.0.check', message: expect.stringContaining('wrods') },
    ]);
  });
});

describe('history', () => {
  it('shows any day, who moved, and a trend', async () => {
    await begin();
    world.clock.at = new Date('2026-03-05T12:00:00Z');
    await world.report(a, { present: true, words: 60 });
    await world.keeper.settled();
    const { items: before } = await world.ask(
      '/api/scorecards/default/ready/scores?at=2026-03-03&level=bronze',
    );
    expect(before).toMatchObject([{ ref: a, level: 'bronze', results: ['pass', 'fail'] }]);
    const heat = await world.ask('/api/scorecards/default/ready/heat-map?at=2026-03-03');
    expect(heat.rows).toMatchObject([
      { team: { ref: 'group:default/core' }, entities: 1, cells: [{ pass: 1 }, { fail: 1 }] },
      { team: null, entities: 1, cells: [{ unknown: 1 }, { unknown: 1 }] },
    ]);
    expect((await world.ask('/api/scores/changes')).items).toMatchObject([
      { ref: a, from: 'bronze', to: 'silver', promoted: true, owner: { ref: 'group:default/core' } },
    ]);
    expect(world.told).toMatchObject([{ ref: a, promoted: true }]);
    const { days } = await world.ask('/api/scorecards/default/ready/trend?days=6');
    expect(days.map(({ byLevel }: { byLevel: object }) => byLevel)).toEqual([
      { none: 0, bronze: 0, silver: 0 },
      { none: 1, bronze: 1, silver: 0 },
      { none: 1, bronze: 1, silver: 0 },
      { none: 1, bronze: 1, silver: 0 },
      { none: 1, bronze: 1, silver: 0 },
      { none: 1, bronze: 0, silver: 1 },
    ]);
  });

  it('takes it for no demotion when something is not known any more', async () => {
    await begin();
    await world.facts.report(
      'test',
      new Map([[a, { readme: { value: {}, at: '2026-03-02T00:00:00.000Z' } }]]),
    );
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({ level: null });
    expect(world.told).toEqual([]);
    await world.report(a, { present: true, words: 1 });
  });

  it('hides drafts from those who do not maintain standards, and keeps quiet of them', async () => {
    await begin({ state: 'draft' });
    await world.report(a, { present: true, words: 60 });
    await world.keeper.settled();
    expect(world.told).toEqual([]);
    expect((await world.ask('/api/scorecards', { as: person('ada') })).items).toEqual([]);
    expect((await world.ask('/api/scorecards', { as: person('pia', ['platform']) })).items).toHaveLength(1);
    expect((await world.ask('/api/scores/component/default/a', { as: person('ada') })).items).toEqual([]);
  });
});

describe('fairness', () => {
  const ask = (as = person('ada')) =>
    world.ask('/api/exemptions', {
      as,
      method: 'POST',
      payload: {
        scorecard: 'scorecard:default/ready',
        rule: 'long',
        entity: a,
        reason: 'It is about to be replaced',
        until: '2026-04-01',
      },
    });
  const decide = (id: string, as: ReturnType<typeof person>) =>
    world.ask(`/api/exemptions/${id}/decision`, {
      as,
      method: 'POST',
      payload: { decision: 'grant', reason: '' },
    });

  it('exempts for a time what the owner of the standard grants, and nobody grants their own', async () => {
    await begin();
    const { id } = await ask(person('pia', ['platform']));
    await expect(decide(id, person('pia', ['platform']))).rejects.toThrow('403');
    await expect(decide(id, person('bob'))).rejects.toThrow('403');
    expect(await decide(id, person('max', ['platform']))).toMatchObject({
      state: 'granted',
      decidedBy: { title: 'max' },
    });
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({
      level: 'silver',
      percent: 100,
      rungs: [{}, { result: 'exempt', until: '2026-04-01' }],
    });
    world.clock.at = new Date('2026-04-02T12:00:00Z');
    world.keeper.touch('all');
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({ level: 'bronze' });
  });

  it('takes one exemption for a rule at a time, until it is withdrawn', async () => {
    await begin();
    const { id } = await ask();
    await expect(ask()).rejects.toThrow('409');
    await world.ask(`/api/exemptions/${id}`, { as: person('ada'), method: 'DELETE' });
    expect((await ask()).state).toBe('asked');
  });

  it('gives new rules and new services a time of grace', async () => {
    await begin();
    const late = [{ ...rules[0], check: 'false', since: '2026-02-25', graceDays: 14 }];
    await world.declare('cards.yaml', [scorecard('ready', late)]);
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({
      level: 'silver',
      rungs: [{ result: 'grace', until: '2026-03-11' }],
    });
    world.clock.at = new Date('2026-03-12T12:00:00Z');
    world.keeper.touch('all');
    await world.keeper.settled();
    expect(await ladder(a)).toMatchObject({ level: null, rungs: [{ result: 'fail' }] });
  });
});

describe('trying out', () => {
  const text = (check: string) => `apiVersion: atrium.dev/v1alpha1
kind: Scorecard
metadata: { name: ready, title: Ready }
spec:
  levels: [bronze]
  rules:
    - id: readme
      title: README
      level: bronze
      check: ${check}
`;

  it('names line and column of a mistake', async () => {
    const { problems } = await world.ask('/api/scorecards/check', {
      method: 'POST',
      payload: { text: text('facts.readme.wrods > 1') },
    });
    expect(problems).toMatchObject([{ line: 10, column: 14, message: expect.stringContaining('“wrods”') }]);
  });

  it('answers for chosen entities without keeping anything', async () => {
    await begin();
    const payload = { check: 'facts.readme.words > 5', entities: [a, b] };
    expect(await world.ask('/api/scorecards/try', { method: 'POST', payload })).toEqual({
      fault: null,
      items: [
        { ref: a, title: 'a', result: 'pass', message: 'readme.words is 10' },
        { ref: b, title: 'b', result: 'unknown', message: 'Nothing is known of readme' },
      ],
    });
    const faulty = { check: 'facts.readme.', entities: [a] };
    expect((await world.ask('/api/scorecards/try', { method: 'POST', payload: faulty })).fault).toMatchObject(
      { start: 13 },
    );
  });

  it('tells who would change before a scorecard is published', async () => {
    await begin();
    const impact = await world.ask('/api/scorecards/impact', {
      method: 'POST',
      payload: { text: text('facts.readme.words > 50') },
    });
    expect(impact).toMatchObject({
      entities: 2,
      before: { none: 1, bronze: 1 },
      after: { none: 2, bronze: 0 },
      changed: 1,
      changes: [{ ref: a, from: 'bronze', to: null }],
    });
    expect(await ladder(a)).toMatchObject({ level: 'bronze' });
  });
});

describe('a gate', () => {
  const gate = (more: object) =>
    world.ask('/api/scores/gate', { method: 'POST', payload: { entity: a, scorecard: 'ready', ...more } });

  it('lets pass who has the level, or would have it with the facts of a checkout', async () => {
    await begin();
    expect(await gate({ scorecard: 'scorecard:default/ready', min: 'bronze' })).toMatchObject({
      passed: true,
      level: 'bronze',
    });
    expect(await gate({ min: 'silver' })).toMatchObject({ passed: false });
    expect(await gate({ min: 'silver', facts: { readme: { present: true, words: 80 } } })).toMatchObject({
      passed: true,
      level: 'silver',
      before: { level: 'bronze' },
      rungs: [{}, { result: 'pass', before: 'fail' }],
    });
    await expect(gate({ min: 'platinum' })).rejects.toThrow('400');
  });

  it('shows a badge', async () => {
    await begin();
    const { body, headers } = await world.app.inject('/api/badges/component/default/a.svg');
    expect(headers['content-type']).toContain('image/svg+xml');
    expect(body).toContain('ready: bronze');
  });
});

describe('a team', () => {
  it('sees first what gives most, and how it compares', async () => {
    await begin();
    const team = await world.ask('/api/scores/teams/group/default/core');
    expect(team).toMatchObject({
      scorecards: [{ entities: 1, percent: 75, byLevel: { bronze: 1 } }],
      next: [{ rule: 'long', level: 'silver', entities: [{ ref: a }] }],
    });
    expect((await world.ask('/api/scores/leaderboard')).items).toMatchObject([
      { team: { ref: 'group:default/core' }, percent: 75, entities: 1, change: null },
    ]);
  });
});
