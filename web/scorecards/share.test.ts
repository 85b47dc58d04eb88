import { expect, it } from 'vitest';
import { atLeast, present, shadeOf, shareOf, stepOf, UNKNOWN_SHADE } from './share.ts';

it('takes exempt ones and those in grace out of what has to pass', () => {
  expect(shareOf({ pass: 3, fail: 1, exempt: 5, grace: 2, 'not-applicable': 9 })).toEqual({
    passed: 3,
    of: 4,
    share: 0.75,
  });
});

it('counts what is not known as not passed', () => {
  expect(shareOf({ pass: 1, unknown: 1 }).share).toBe(0.5);
});

it('says nothing where a rule counts for nobody', () => {
  expect(shareOf({ 'not-applicable': 4, grace: 1 }).share).toBe(null);
});

it('names only the results that there are', () => {
  expect(present({ fail: 2, pass: 0, exempt: 1 })).toEqual([
    ['fail', 2],
    ['exempt', 1],
  ]);
});

it.each([
  [{ fail: 3 }, 0],
  [{ pass: 1, fail: 99 }, 1],
  [{ pass: 1, fail: 1 }, 2],
  [{ pass: 4, fail: 1 }, 3],
  [{ pass: 999, fail: 1 }, 3],
  [{ pass: 2, exempt: 1 }, 4],
  [{ exempt: 2 }, null],
])('shades %j as %j, so that all and none stand out', (counts, shade) => {
  expect(shadeOf(counts)).toBe(shade);
});

it('does not shade what is not known as if it failed', () => {
  expect(shadeOf({ unknown: 3 })).toBe(UNKNOWN_SHADE);
  expect(shadeOf({ pass: 2, unknown: 1 })).toBe(UNKNOWN_SHADE);
  expect(shadeOf({ fail: 1, unknown: 2 })).toBe(0);
});

it('gives the highest level the last shade, however many levels there are', () => {
  expect([0, 1, 2].map((index) => stepOf(index, 3))).toEqual([1, 3, 5]);
  expect(stepOf(0, 1)).toBe(5);
  expect([0, 1, 2, 3, 4, 5].map((index) => stepOf(index, 6)).at(-1)).toBe(5);
});

it('counts what stands at a level and above it', () => {
  expect(atLeast({ none: 4, bronze: 3, gold: 2 }, ['bronze', 'silver', 'gold'])).toEqual([5, 2, 2]);
});
