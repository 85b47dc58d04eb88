import { expect, it } from 'vitest';
import { isTouched, isTouchedByDocs, isTouchedByScores } from './live.ts';

const changed = new Set(['component:default/pay']);

it('touches lists and the page of what changed, and leaves other pages alone', () => {
  expect(isTouched(['rows', '*', {}], changed)).toBe(true);
  expect(isTouched(['record', 'component:default/pay'], changed)).toBe(true);
  expect(isTouched(['record', 'component:default/ledger'], changed)).toBe(false);
});

it('touches everything when too much changed to name it', () => {
  expect(isTouched(['record', 'component:default/ledger'], new Set())).toBe(true);
});

it('asks again only about scores when only results have changed', () => {
  expect(isTouchedByScores(['scores', '*', '/api/scorecards'], changed)).toBe(true);
  expect(isTouchedByScores(['scores', 'component:default/pay'], changed)).toBe(true);
  expect(isTouchedByScores(['scores', 'component:default/ledger'], changed)).toBe(false);
  expect(isTouchedByScores(['rows', '*', {}], changed)).toBe(false);
  expect(isTouchedByScores(['scores', 'component:default/ledger'], new Set())).toBe(true);
});

it('asks again only about documentation when only pages have changed', () => {
  expect(isTouchedByDocs(['docs', 'component:default/pay', '/api/docs/sites'], changed)).toBe(true);
  expect(isTouchedByDocs(['docs', '*', '/api/docs/sites'], changed)).toBe(true);
  expect(isTouchedByDocs(['docs', 'component:default/ledger'], changed)).toBe(false);
  expect(isTouchedByDocs(['record', 'component:default/pay'], changed)).toBe(false);
});
