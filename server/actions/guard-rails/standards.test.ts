/** What only those may start that have the level of a standard. */
import { expect, it } from 'vitest';
import { readTemplate } from '#model/read-template.ts';
import { templateEntity } from '../runs/test-support.ts';
import { ada } from './people.test-helper.ts';
import { type LevelOf, refusalsOf } from './refusals.ts';

const levelOf: LevelOf = async (scorecard, ref) => {
  if (scorecard !== 'ready') throw new Error('There is no such scorecard');
  return { level: ref.endsWith('/good') ? 'silver' : null, levels: ['bronze', 'silver'] };
};

async function refusals(standards: object[], entity: string | null): Promise<string[]> {
  const { template } = readTemplate(
    templateEntity('t', [{ id: 'a', action: 'debug:log' }], { atrium: { standards } }),
  );
  if (!template) throw new Error('The template can’t be read');
  const wanted = { template, values: {}, starter: ada, entity, entityBody: null };
  // Nothing but a quota asks the store.
  return refusalsOf(undefined as never, wanted, { now: new Date('2026-03-04T12:00:00Z'), levelOf });
}

const silver = [{ scorecard: 'ready', min: 'silver' }];

it.each([
  ['has the level', silver, 'component:default/good', []],
  [
    'has less',
    silver,
    'component:default/bad',
    ['component:default/bad has no level of ready, and needs silver'],
  ],
  ['is nothing', silver, null, ['It asks for the level silver of ready, and acts on no entity']],
  [
    'is asked for no level that there is',
    [{ scorecard: 'ready', min: 'gold' }],
    'component:default/good',
    ['ready has no level gold'],
  ],
])('what %s', async (_, standards, entity, expected) => {
  expect(await refusals(standards, entity)).toEqual(expected);
});

it('refuses where the standard can’t be asked', async () => {
  expect(await refusals([{ scorecard: 'other', min: 'silver' }], 'component:default/good')).toEqual([
    'The standard other can’t be asked: There is no such scorecard',
  ]);
});
