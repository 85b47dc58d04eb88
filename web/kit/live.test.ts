import { expect, it } from 'vitest';
import { isTouched } from './live.ts';

const changed = new Set(['component:default/pay']);

it('touches lists and the page of what changed, and leaves other pages alone', () => {
  expect(isTouched(['rows', '*', {}], changed)).toBe(true);
  expect(isTouched(['record', 'component:default/pay'], changed)).toBe(true);
  expect(isTouched(['record', 'component:default/ledger'], changed)).toBe(false);
});

it('touches everything when too much changed to name it', () => {
  expect(isTouched(['record', 'component:default/ledger'], new Set())).toBe(true);
});
