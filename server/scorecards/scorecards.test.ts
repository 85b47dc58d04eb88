import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, entity, openTestStore, type TestTables } from '#tools/test-store.ts';
import { loadPacks } from './packs/index.ts';
import {
  beginReady,
  openStandards,
  person,
  rule,
  rules,
  type StandardsWorld,
  scorecard,
  service,
} from './scorecards.test-helper.ts';

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
const begin = (more: Record<string, unknown> = {}) => beginReady(world, more);
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

  it('are listed in the order that is asked for', async () => {
    await begin();
    const refs = async (query: string) => {
      const { items } = await world.ask(`/api/scorecards/default/ready/scores${query}`);
      return items.map(({ ref }: { ref: string }) => ref);
    };
    expect(await refs('')).toEqual([b, a]);
    expect(await refs('?sort=level&direction=desc')).toEqual([a, b]);
    expect(await refs('?sort=name')).toEqual([a, b]);
    expect(await refs('?sort=name&direction=desc')).toEqual([b, a]);
    expect(await refs('?sort=owner')).toEqual([a, b]);
    expect(await refs('?sort=percent&direction=desc')).toEqual([a, b]);
    expect(await refs('?sort=since')).toHaveLength(2);
    await expect(refs('?sort=colour')).rejects.toThrow('400');
    const { body } = await world.app.inject('/api/scorecards/default/ready/scores.csv?sort=name');
    expect(
      body
        .split('\n')
        .slice(1, 3)
        .map((line: string) => line.split(',')[0]),
    ).toEqual([a, b]);
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

describe('the text of a scorecard', () => {
  const text = (name = 'default/ready') => world.ask(`/api/scorecards/${name}/file`);

  it('is what somebody wrote, with comments, and without what stands beside it', async () => {
    await begin();
    expect(await text()).toEqual({ text: null, path: null });
    const written = '# Why\nkind: Scorecard\nmetadata: { name: ready } # ours\nspec: {}\n';
    world.writeFile(`kind: Group\nmetadata: { name: core }\n---\n${written}---\nkind: [`);
    expect(await text()).toEqual({ text: written, path: 'scorecards.yaml' });
    world.writeFile(written.replace('ready', 'other'));
    expect(await text()).toEqual({ text: null, path: 'scorecards.yaml' });
  });

  it('of a pack is its file', async () => {
    await world.close();
    world = await openStandards(store, { packs: loadPacks(['documentation']) });
    const { text: found, path } = await text('atrium/documentation');
    expect(path).toBeNull();
    expect(found).toContain('name: documentation');
  });

  it('is kept from those who may not see a draft', async () => {
    await begin({ state: 'draft' });
    await expect(
      world.ask('/api/scorecards/default/ready/file', { as: person('ana', ['core']) }),
    ).rejects.toThrow('404');
  });
});
