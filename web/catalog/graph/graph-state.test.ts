import { expect, it } from 'vitest';
import { graphState, withPeople } from './graph-state.ts';

const software = ['Component', 'API'];

function stateOf(search: Record<string, string | string[]>) {
  const all = (name: string) => [search[name] ?? []].flat();
  return graphState({ all, one: (name) => all(name)[0] }, software);
}

it('leaves people and teams out until they are asked for', () => {
  expect(stateOf({ root: 'component:default/a' }).kinds).toEqual(software);
  expect(stateOf({ root: 'component:default/a', kinds: 'any' }).kinds).toEqual([]);
  expect(stateOf({ root: 'component:default/a', kinds: ['API'] }).kinds).toEqual(['API']);
});

it('shows what is tied to a team when it starts there', () => {
  expect(stateOf({ root: 'group:default/shop' }).kinds).toEqual([]);
});

it('adds people and teams to the kinds that are chosen, and takes them away', () => {
  expect(withPeople([], true)).toEqual(['any']);
  expect(withPeople(['any'], false)).toEqual([]);
  expect(withPeople(['API'], true)).toEqual(['API', 'Group', 'User']);
  expect(withPeople(['API', 'User'], false)).toEqual(['API']);
});
