import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRenderer, type Renderer } from './index.ts';

const node = process.execPath;
const sum = `\${{ 20 + 1 }}`;
let folder: string;
let renderer: Renderer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-sandbox-'));
  renderer = createRenderer();
});
afterEach(() => {
  renderer.close();
  process.execPath = node;
  rmSync(folder, { recursive: true, force: true });
});

/** The process is this program from now on. */
function runInstead(program: string): void {
  process.execPath = join(folder, 'program');
  writeFileSync(process.execPath, `#!${node}\n${program}`);
  chmodSync(process.execPath, 0o755);
}
const ready = "process.send({ kind: 'ready' });";
const whenAsked = (code: string) => `${ready} process.on('message', () => { ${code} });`;

it.each([
  [
    'prints why and ends',
    "console.error('no room\\nat all'); process.exit(3)",
    /did not start.* code 3.*no room/,
  ],
  [
    'prints an error',
    "throw new Error('Cannot find module x')",
    /did not start.*Error: Cannot find module x/,
  ],
  [
    'is killed',
    "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 9999)",
    /SIGKILL.*memory of the machine/,
  ],
  ['ends without a word', '', /did not start.* code 0/],
])('says so when its process does not start: it %s', async (_, program, message) => {
  runInstead(program);
  await expect(renderer.render(sum, {})).rejects.toMatchObject({
    code: 'EXPRESSIONS_UNAVAILABLE',
    message: expect.stringMatching(message),
  });
  process.execPath = node;
  expect(await renderer.render(sum, {})).toBe(21);
});

it('says so when there is nothing to start', async () => {
  process.execPath = join(folder, 'gone');
  await expect(renderer.render(sum, {})).rejects.toMatchObject({
    code: 'EXPRESSIONS_UNAVAILABLE',
    message: expect.stringContaining('ENOENT'),
  });
});

it.each([
  ['by itself', "console.error('panic: lost'); process.exit(7)", /ended at work.* code 7.*panic: lost/],
  [
    'by a signal',
    "process.kill(process.pid, 'SIGSEGV'); setTimeout(() => {}, 9999)",
    /ended at work.*SIGSEGV/,
  ],
])('tells a process that ends %s from an expression that asks too much', async (_, program, message) => {
  runInstead(whenAsked(program));
  await expect(renderer.render(sum, {})).rejects.toMatchObject({
    code: 'EXPRESSIONS_UNAVAILABLE',
    message: expect.stringMatching(message),
  });
});

it('blames the expression for the memory that it took', async () => {
  renderer.close();
  renderer = createRenderer({ memoryLimit: 32 });
  const grow =
    '{% set all = [] %}{% for i in range(0, 900000) %}{% set all = all.concat([[i, "x" + i]]) %}{% endfor %}';
  await expect(renderer.renderTexts([`${grow}${sum}`], {})).rejects.toMatchObject({
    code: 'EXPRESSION_REFUSED',
  });
});

it('repeats little of a process that prints much', async () => {
  runInstead("console.error('x'.repeat(1e6)); process.exitCode = 1");
  const { message } = (await renderer.render(sum, {}).catch((error: unknown) => error)) as Error;
  expect(message.length).toBeLessThan(600);
  expect(message).toContain('xxx');
});
