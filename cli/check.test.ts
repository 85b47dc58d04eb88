import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, type Portal, startPortal } from '#tools/portal.ts';

const main = join(import.meta.dirname, 'main.ts');
const home = mkdtempSync(join(tmpdir(), 'atrium-check-'));
const folder = join(home, 'payments');
let portal: Portal;

beforeAll(async () => {
  mkdirSync(folder);
  write({
    'package.json': JSON.stringify({
      name: 'payments',
      description: 'Takes money',
      dependencies: { fastify: '5.0.0' },
    }),
    'index.js': 'require("fastify")().listen({ port: 1 });\n',
    'README.md': '# Payments\n',
  });
  execFileSync('git', ['init', '--quiet', folder]);
  portal = await startPortal([folder, '--data', join(home, 'data'), '--quiet']);
  await untilJudged();
});
afterAll(async () => {
  await portal.stop();
  rmSync(home, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
}

async function untilJudged(): Promise<void> {
  for (;;) {
    const { items } = await ask<{ items: { rungs: { id: string; result: string }[] }[] }>(
      portal.url,
      '/api/scores/component/default/payments',
    );
    if (items.flatMap(({ rungs }) => rungs).some(({ id, result }) => id === 'readme' && result === 'fail'))
      return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

function check(...args: string[]): Promise<{ code: number; out: string }> {
  const options = { cwd: folder, env: { ...process.env, GIT_CEILING_DIRECTORIES: home } };
  return new Promise((done) => {
    execFile(process.execPath, [main, 'check', ...args], options, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
    );
  });
}

const documentation = ['--scorecard', 'atrium/documentation'];

describe('atrium check', () => {
  it('exits with 1 for an entity that does not have the level, and says why', async () => {
    const { code, out } = await check(
      '--entity',
      'component:payments',
      ...documentation,
      '--min',
      'bronze',
      '--url',
      portal.url,
    );
    expect(out).toContain('component:default/payments: no level of Documentation');
    expect(out).toContain(
      '✗ bronze   There is a README that says something: readme.present is true; readme.words is 1',
    );
    expect(code).toBe(1);
  });

  it('says what a checkout would change, and writes reports for pipelines', async () => {
    const words = Array.from({ length: 40 }, (_, index) => `word${String.fromCharCode(97 + (index % 26))}`);
    write({ 'README.md': `# Payments\n\n${words.join(' ')}\n` });
    // What the portal reads is the same folder, so its own word is not asked for the difference here.
    const reports = ['--junit', join(home, 'junit.xml'), '--sarif', join(home, 'check.sarif')];
    const { code, out } = await check('.', ...documentation, '--min', 'bronze', '--local', ...reports);
    expect(out).toContain('✓ bronze   There is a README that says something');
    expect(out).toContain('component:default/payments has bronze');
    expect(code).toBe(0);
    const junit = new XMLParser({ ignoreAttributes: false }).parse(
      readFileSync(join(home, 'junit.xml'), 'utf8'),
    );
    expect(Number(junit.testsuite['@_failures'])).toBeGreaterThan(0);
    const sarif = JSON.parse(readFileSync(join(home, 'check.sarif'), 'utf8'));
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toContain('docs');
  });

  it('says what to name when it is told too little', async () => {
    const { code, out } = await check('--scorecard', 'atrium/documentation');
    expect(out).toContain('Name a scorecard, and an entity or a checkout');
    expect(code).toBe(2);
  });
});
