import assert from 'node:assert/strict';
import { test } from 'node:test';
import { split } from '../src/money.ts';

test('parts sum to the whole', () => {
  const parts = split({ amount: 1000, currency: 'EUR' }, 3);
  assert.deepEqual(parts.map((p) => p.amount), [334, 333, 333]);
});
