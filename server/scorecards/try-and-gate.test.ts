import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import { beginReady, openStandards, type StandardsWorld } from './scorecards.test-helper.ts';

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
  });

  it('says whether a fault is in the check or in its condition, with nothing to try it on too', async () => {
    await begin();
    const fault = async (payload: object) =>
      (await world.ask('/api/scorecards/try', { method: 'POST', payload: { entities: [], ...payload } }))
        .fault;
    expect(await fault({ check: 'facts.readme.', entities: [a] })).toMatchObject({ in: 'check', start: 13 });
    expect(await fault({ check: 'facts.readme.' })).toMatchObject({ in: 'check' });
    expect(await fault({ check: 'true', when: 'facts.nothing' })).toMatchObject({ in: 'when' });
    expect(await fault({ check: 'facts.readme.', when: 'facts.nothing' })).toMatchObject({ in: 'check' });
    expect(await fault({ check: 'true', when: 'true' })).toBeNull();
  });

  it('leaves out what the catalog does not know', async () => {
    await begin();
    const payload = { check: 'true', entities: [a, 'component:default/gone'] };
    const { items } = await world.ask('/api/scorecards/try', { method: 'POST', payload });
    expect(items).toMatchObject([{ ref: a, result: 'pass' }]);
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

describe('refs that can’t be read', () => {
  it.each([
    ['/api/scores/gate', { entity: 'a', scorecard: 'ready' }, 'entity: "a" does not say its kind'],
    [
      '/api/scores/gate',
      { entity: 'component:', scorecard: 'ready' },
      'entity: "component:" is not an entity ref',
    ],
    [
      '/api/scores/gate',
      { entity: 'component:a\u001e', scorecard: 'ready' },
      'entity: a ref holds no control',
    ],
    ['/api/scores/gate', { entity: a, scorecard: 'default/' }, 'scorecard: "default/" is not an entity ref'],
    ['/api/scorecards/try', { check: 'true', entities: [a, '/'] }, 'entities.1: "/"'],
    [
      '/api/exemptions',
      { entity: '::', scorecard: 'scorecard:default/ready' },
      'entity: "::" is not an entity ref',
    ],
    ['/api/exemptions', { entity: a, scorecard: 'ready/' }, 'scorecard: "ready/" is not an entity ref'],
  ])('are refused by %s: %j', async (url, body, message) => {
    await begin();
    const more =
      url === '/api/exemptions' ? { rule: 'readme', reason: 'Because it is so', until: '2027-01-01' } : {};
    const answer = await world.app.inject({ method: 'POST', url, payload: { ...body, ...more } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().error).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(message),
    });
  });
});
