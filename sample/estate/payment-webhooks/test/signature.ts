import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signed } from '../src/signature.ts';

test('nothing is signed without a secret', () => {
  assert.equal(signed(Buffer.from('{}'), '', ''), false);
});
