import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChainedEntry, chainStart, entryHash } from '#model/audit-chain.ts';
import { ask, type Portal, startPortal } from '#tools/portal.ts';

const main = join(import.meta.dirname, 'main.ts');
const folder = mkdtempSync(join(tmpdir(), 'atrium-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number;
  out: string;
}

function atrium(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((done) => {
    const options = { env: { ...process.env, ...env } };
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out: stdout + stderr }),
    );
  });
}

function chain(length: number, from = 0): ChainedEntry[] {
  let previousHash = chainStart.hash;
  const entries = Array.from({ length: from + length }, (_, index): ChainedEntry => {
    const told = {
      seq: index + 1,
      at: new Date(1000 * index).toISOString(),
      actor: 'user:default/ada',
      behind: null,
      address: '192.0.2.7',
      action: 'source.sync',
      target: `source:${index}`,
      outcome: 'done' as const,
      status: 200,
      before: null,
      after: { index },
    };
    const entry = { ...told, previousHash, hash: entryHash(previousHash, told) };
    previousHash = entry.hash;
    return entry;
  });
  return entries.slice(from);
}

function fileOf(text: string): string {
  const file = join(folder, 'audit.txt');
  writeFileSync(file, text);
  return file;
}
const lines = (entries: readonly ChainedEntry[]) =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
const exported = (entries: readonly ChainedEntry[]) =>
  `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`;

describe('atrium audit verify FILE', () => {
  const entries = chain(5);
  const verify = (text: string) => atrium(['audit', 'verify', fileOf(text)]);

  it.each([
    ['an export', exported(entries)],
    ['a stream', lines(entries)],
    ['a list on one line', JSON.stringify(entries)],
    ['a stream that was sent twice in part', lines([...entries.slice(0, 4), ...entries.slice(2)])],
    ['a stream whose beginning is in another file', lines(chain(5, 7))],
  ])('takes %s', async (_what, text) => {
    const { code, out } = await verify(text);
    expect(out).toMatch(/^5 entries are intact; the newest is [0-9a-f]{64}\n$/);
    expect(code).toBe(0);
  });

  it.each([
    ['changed', entries.map((entry) => (entry.seq === 3 ? { ...entry, actor: 'mallory' } : entry)), 3],
    ['removed', entries.filter(({ seq }) => seq !== 3), 4],
    [
      'put in twice with another word',
      [...entries, { ...(entries[1] as ChainedEntry), actor: 'mallory' }],
      2,
    ],
  ])('names the entry that was %s', async (_what, changed, seq) => {
    const { code, out } = await verify(lines(changed));
    expect(out).toContain(`Broken at entry ${seq}: `);
    expect(code).toBe(1);
  });

  it('names the line that holds no entry', async () => {
    const { code, out } = await verify(`${lines(entries.slice(0, 1))}{"seq": 2}\n`);
    expect(out).toContain('audit.txt:2: this is no audit entry');
    expect(code).toBe(2);
  });
});

describe('against a running portal', () => {
  let portal: Portal;
  let token: string;

  beforeAll(async () => {
    writeFileSync(join(folder, 'catalog-info.yaml'), '');
    portal = await startPortal([folder, '--memory', '--quiet']);
    const made = await ask<{ secret: string }>(portal.url, '/api/tokens', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'auditor', scopes: ['audit.read'] }),
    });
    token = made.secret;
  }, 120_000);
  afterAll(() => portal.stop());

  it('verifies with a token, from the environment or as an option', async () => {
    const url = ['--url', portal.url];
    expect((await atrium(['audit', 'verify', ...url], { ATRIUM_TOKEN: token })).out).toMatch(
      /^1 entries are intact/,
    );
    const { out, code } = await atrium(['audit', 'verify', ...url, '--json', '--token', token]);
    expect([JSON.parse(out), code]).toMatchObject([{ intact: true, brokenAt: null }, 0]);
  });

  it('says what a token may not, and that another is not known', async () => {
    const args = (name: string) => [name, '--url', portal.url];
    const refused = await atrium(['query', 'pay', '--url', portal.url, '--token', token]);
    expect([refused.code, refused.out]).toEqual([2, expect.stringContaining('catalog.entity.read')]);
    const unknown = await atrium(args('export'), { ATRIUM_TOKEN: `atr_${'x'.repeat(43)}` });
    expect([unknown.code, unknown.out]).toEqual([2, expect.stringContaining('The token is not known')]);
  });
});
