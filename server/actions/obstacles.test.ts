import { expect, it } from 'vitest';
import { hasTool } from './obstacles.ts';

it.each([
  ['node', true],
  ['git', true],
  ['atrium-no-tool', false],
  ['../bin/sh', false],
  ['', false],
])('whether this machine has %j', async (name, there) => {
  expect(await hasTool(name)).toBe(there);
});
