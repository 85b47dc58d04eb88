import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import {
  beginReady,
  openStandards,
  person,
  rule,
  rules,
  type StandardsWorld,
  scorecard,
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
const debts = () =>
  store.db
    .selectFrom('debt')
    .select(['entity', 'rule', 'state', 'origin', 'created_by'])
    .orderBy('entity')
    .orderBy('state')
    .execute();
const owe = (name: string, payload: object) =>
  world.ask(`/api/scores/component/default/${name}/debt`, { method: 'POST', payload, as: person('ana') });
const ladder = async (name: string) => (await world.ask(`/api/scores/component/default/${name}`)).items[0];
const long = { scorecard: 'scorecard:default/ready', rule: 'long' };

it('takes a failing rule into the register by a click, once, and pays it off when it passes', async () => {
  await beginReady(world);
  const { id } = await owe('a', long);
  expect(await owe('a', long)).toEqual({ id });
  expect(await debts()).toEqual([
    { entity: a, rule: 'long', state: 'open', origin: 'rule', created_by: 'user:default/ana' },
  ]);
  expect((await ladder('a')).debts).toEqual([{ rule: 'long', id }]);
  expect(world.owing).toContain(a);

  await world.report(a, { present: true, words: 80 });
  await world.keeper.settled();
  expect(await debts()).toMatchObject([{ state: 'paid' }]);
  expect((await ladder('a')).debts).toEqual([]);
});

it('takes only what fails', async () => {
  await beginReady(world);
  await expect(owe('a', { ...long, rule: 'readme' })).rejects.toThrow('does not fail (pass)');
  await expect(owe('b', long)).rejects.toThrow('does not fail (unknown)');
  await expect(owe('a', { ...long, rule: 'nothing' })).rejects.toThrow('has no rule nothing');
  await expect(owe('gone', long)).rejects.toThrow('404');
  expect(await debts()).toEqual([]);
});

it('adds what fails by itself where a rule says so, and leaves alone what somebody has accepted', async () => {
  await beginReady(world, {
    rules: [rules[0], rule('long', 'silver', 'facts.readme.words > 50', { debt: true, effort: 'large' })],
  });
  expect(await debts()).toMatchObject([{ entity: a, rule: 'long', state: 'open', created_by: 'atrium' }]);
  const [{ cost_days: days } = { cost_days: 0 }] = await store.db
    .selectFrom('debt')
    .select('cost_days')
    .execute();
  expect(days).toBe(10);

  await world.report(b, { present: true, words: 1 });
  await world.keeper.settled();
  expect(await debts()).toMatchObject([{ entity: a }, { entity: b, state: 'open' }]);

  await store.db.updateTable('debt').set({ state: 'accepted' }).where('entity', '=', a).execute();
  world.keeper.touch('all');
  await world.keeper.settled();
  expect(await debts()).toMatchObject([{ entity: a, state: 'accepted' }, { entity: b }]);
  await owe('a', long);
  expect(await debts()).toHaveLength(3);

  await world.report(b, { present: true, words: 90 });
  await world.keeper.settled();
  await world.report(b, { present: true, words: 2 });
  await world.keeper.settled();
  expect(
    (await debts())
      .filter(({ entity }) => entity === b)
      .map(({ state }) => state)
      .sort(),
  ).toEqual(['open', 'paid']);
});

it('adds nothing for drafts and in grace, and keeps what is owed for a rule that is gone', async () => {
  const owing = rule('long', 'silver', 'facts.readme.words > 50', { debt: true });
  await beginReady(world, { state: 'draft', rules: [owing] });
  expect(await debts()).toEqual([]);
  const today = world.now().toISOString().slice(0, 10);
  await world.declare('cards.yaml', [scorecard('ready', [{ ...owing, since: today, graceDays: 10 }])]);
  await world.keeper.settled();
  expect(await debts()).toEqual([]);
  await world.declare('cards.yaml', [scorecard('ready', [owing])]);
  await world.keeper.settled();
  expect(await debts()).toMatchObject([{ entity: a, state: 'open' }]);
  await world.declare('cards.yaml', [scorecard('ready', [rule('other', 'bronze', 'true')])]);
  await world.keeper.settled();
  expect(await debts()).toMatchObject([{ entity: a, state: 'open' }]);
});
