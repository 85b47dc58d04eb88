import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';

const LIMIT = 200 * 1024;
const BUILD_MS = 180_000;
const root = resolve(import.meta.dirname, '..');
const outDir = join(root, 'web/dist');
let html = '';

beforeAll(() => {
  // Else React would be built as for a test run.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [join(root, 'tools/build-web.ts')], { env });
  html = readFileSync(join(outDir, 'index.html'), 'utf8');
}, BUILD_MS);

/** The entry and all that it imports at once; what is imported later is not of the first load. */
function firstLoad(): string[] {
  return [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].flatMap(([, path]) => (path ? [path] : []));
}

it('loads at most 200 KB of JavaScript first, gzipped', () => {
  const sizes = firstLoad().map((path) => gzipSync(readFileSync(join(outDir, path))).byteLength);
  expect(sizes.length).toBeGreaterThan(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMIT);
});

it('keeps the schemas of the contracts out of the first load', () => {
  const code = firstLoad().map((path) => readFileSync(join(outDir, path), 'utf8'));
  expect(code.some((text) => text.includes('ZodError'))).toBe(false);
});

it('has no inline script, so that a strict policy holds', () => {
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  expect(html).not.toMatch(/\son\w+=/);
});
