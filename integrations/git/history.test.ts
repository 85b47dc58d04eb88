import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCommits, readHistory } from './history.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-history-'));
  git('init', '-q');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): void {
  const date = '2026-03-01T12:00:00Z';
  execFileSync('git', args, {
    cwd: folder,
    env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    stdio: 'ignore',
  });
}

function commitAs(name: string, email: string): void {
  git('-c', `user.name=${name}`, '-c', `user.email=${email}`, 'commit', '-q', '--allow-empty', '-m', name);
}

async function whole() {
  const commits = await readCommits(folder);
  // Empty commits touch no path; all of them are about the repository.
  const touching = commits.map((commit) => ({ ...commit, paths: ['a'] }));
  const found = await readHistory(folder, [''], { commits: touching, now: new Date('2026-06-01T00:00:00Z') });
  return found.get('');
}

it('counts a person once, whatever the address', async () => {
  commitAs('Ada Okoro', 'ada@example.com');
  commitAs('Ada Okoro', '17+ada@users.noreply.github.com');
  commitAs('root', 'one@example.com');
  commitAs('root', 'two@example.com');
  commitAs('dependabot[bot]', '49699333+dependabot[bot]@users.noreply.github.com');
  expect(await whole()).toMatchObject({ authors: 3, commits: 4, lastCommit: '2026-03-01' });
});
