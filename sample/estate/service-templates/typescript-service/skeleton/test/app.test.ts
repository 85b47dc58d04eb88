import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createApp } from '../src/app.ts';

test('greets, and says that it is well', async () => {
  const app = createApp().listen(0, '127.0.0.1');
  await once(app, 'listening');
  const { port } = app.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  assert.deepEqual(await answer.json(), { message: 'Hello from ${{ values.name }}' });
  assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
  app.close();
});
