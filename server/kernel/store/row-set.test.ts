import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestStore, type TestTables } from '#tools/test-store.ts';
import { clean, rowSet } from './row-set.ts';
import type { Store } from './store.ts';

let store: Store<TestTables>;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

it.each([
  [[{ a: 'x', b: 'y' }]],
  [[{ a: '', b: null }]],
  [[{ a: null, b: null }]],
  [
    [
      { a: '', b: '' },
      { a: 'it\'s "quoted", {curly} \\ and\nlong', b: null },
    ],
  ],
])('gives back the rows that went in: %j', async (rows) => {
  const set = rowSet({ a: rows.map(({ a }) => a), b: rows.map(({ b }) => b) });
  expect((await sql`select a, b from ${set}`.execute(store.db)).rows).toEqual(rows);
});

it('takes out what would tear a row apart', () => {
  expect(clean('a\u001eb\u001dc\0d\te')).toBe('a b c d\te');
});
