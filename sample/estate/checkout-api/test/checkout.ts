import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startCheckout } from '../src/checkout.ts';

const clients = { basket: async () => [{ sku: 'lamp-oak', count: 1 }], price: async () => 4900 };

test('the same key gives the same checkout', async () => {
  const first = await startCheckout(clients, 'k1', 'b1');
  const second = await startCheckout(clients, 'k1', 'b1');
  assert.deepEqual(first, second);
});

test('another key for the same basket is a conflict that names the first', async () => {
  await startCheckout(clients, 'k2', 'b2');
  const { status } = await startCheckout(clients, 'k3', 'b2');
  assert.equal(status, 409);
});
