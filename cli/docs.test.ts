import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'My docs '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'docs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

it('serves the documentation of a folder, and follows its files', async () => {
  mkdirSync(join(folder, 'docs'));
  writeFileSync(join(folder, 'mkdocs.yml'), 'site_name: Mine\nnav:\n  - index.md\n  - gone.md\n');
  writeFileSync(join(folder, 'docs/index.md'), '# First\n');
  const child = run('serve', folder, '--port', '0');
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  let address: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    address = /: 1 page at (\S+)$/.exec(line)?.[1];
    if (address) break;
  }
  expect(said).toContain('The navigation names gone.md, which is not there');
  const page = new URL(`${address?.replace('/docs/', '/api/docs/pages/')}/`);
  const title = async () => ((await (await fetch(page)).json()) as { title: string }).title;
  expect(await title()).toBe('First');
  writeFileSync(join(folder, 'docs/index.md'), '# Second\n');
  await expect.poll(title, { timeout: 20_000 }).toBe('Second');
  child.kill('SIGINT');
  await ended;
}, 180_000);

it('says when there is nothing to show', async () => {
  const child = run('serve', join(folder, 'nowhere'));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(2);
  expect(said).toContain('is no folder');
});
