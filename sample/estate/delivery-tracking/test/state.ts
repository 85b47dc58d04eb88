import assert from 'node:assert/strict';
import { test } from 'node:test';
import { state } from '../src/state.ts';

test('carriers write codes in any case', () => assert.equal(state('ok7'), 'delivered'));
