import { expect, it } from 'vitest';
import { linePath, nearest, roundTop } from './line-scale.ts';

it.each([
  [0, 2],
  [2, 2],
  [3, 4],
  [9, 10],
  [11, 20],
  [41, 60],
  [70, 80],
  [100, 100],
  [730, 800],
])('ends a scale for %d at %d', (value, top) => {
  expect(roundTop(value)).toBe(top);
});

it('draws from the lower left to the upper right', () => {
  expect(linePath([0, 5, 10], 10)).toBe('M0.00 100.00 L50.00 50.00 L100.00 0.00');
});

it('breaks a line where nothing is known, and draws what stands alone', () => {
  expect(linePath([null, 1, null, 2, 2], 2)).toBe('M25.00 50.00 L25.80 50.00 M75.00 0.00 L100.00 0.00');
  expect(linePath([1, null, 2], 2)).toBe('M0.00 50.00 L0.80 50.00 M100.00 0.00 L99.20 0.00');
});

it('finds the day at which somebody points', () => {
  expect([nearest(0, 5), nearest(0.4, 5), nearest(1, 5), nearest(-1, 5), nearest(2, 5)]).toEqual([
    0, 2, 4, 0, 4,
  ]);
});
