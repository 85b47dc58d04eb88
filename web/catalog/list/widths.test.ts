import { expect, it } from 'vitest';
import { fitted, movedEdge } from './widths.ts';

it('gives to one column what it takes from its neighbour', () => {
  expect(movedEdge([300, 150, 100], 1, 40)).toEqual([340, 110, 100]);
  expect(movedEdge([300, 150, 100], 2, -20)).toEqual([300, 130, 120]);
});

it('leaves every column wide enough to be seen', () => {
  expect(movedEdge([300, 150, 100], 1, 900)).toEqual([386, 64, 100]);
  expect(movedEdge([300, 150, 100], 2, -900)).toEqual([300, 64, 186]);
});

it('keeps room for the name when there are more columns than fit', () => {
  const columns = ['name', 'owner', 'state'] as const;
  expect(fitted({ owner: 150, state: 130 }, columns, 1000)).toEqual({ owner: 150, state: 130 });
  expect(fitted({ owner: 300, state: 100 }, columns, 400)).toEqual({ owner: 150, state: 50 });
  expect(fitted({ owner: 150, tags: 500 }, columns, 400)).toEqual({ owner: 150 });
});
