import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveGithub, type TestGithub } from './github.test-helper.ts';
import { commentMark } from './made-mark.ts';
import { closeServers, depsOf, stepOf } from './outside.test-helper.ts';
import { makeExecutable, removeFolders } from './step.test-helper.ts';

let github: TestGithub;
beforeEach(async () => {
  github = await serveGithub();
  github.add('acme/shop', { 'README.md': 'theirs\n', 'old.txt': 'old\n', 'src/a.ts': 'a\n' });
});
afterEach(() => {
  closeServers();
  removeFolders();
});

const base = {
  repoUrl: 'git.test?owner=acme&repo=shop',
  title: 'Add a dashboard',
  description: 'For the shop.',
  branchName: 'add/dashboard',
};
const files = { 'dashboard.json': '{}\n', 'logo.png': new Uint8Array([0xff, 0xd8, 0x00]) };
const propose = (input = {}, options = {}) =>
  stepOf(github.deps, 'publish:github:pull-request', { ...base, ...input }, { files, ...options });
const issues = () => github.repositories.get('acme/shop')?.issues ?? [];
const tree = (place: string) => github.git('acme/shop', 'ls-tree', '-r', '--name-only', place).split('\n');
const head = (branch: string) => github.git('acme/shop', 'rev-parse', branch);

describe('publish:github:pull-request', () => {
  it('puts the files on top of what the branch has, and opens a pull request', async () => {
    const output = await propose({ filesToDelete: ['old.txt', 'never-there.txt'] }).done();
    expect(output).toEqual({
      targetBranchName: 'main',
      remoteUrl: 'https://git.test/acme/shop/pull/1',
      pullRequestNumber: 1,
    });
    expect(tree('add/dashboard')).toEqual(['README.md', 'dashboard.json', 'logo.png', 'src/a.ts']);
    expect(tree('main')).toEqual(['README.md', 'old.txt', 'src/a.ts']);
    expect(github.git('acme/shop', 'rev-parse', 'add/dashboard^')).toBe(head('main'));
    expect(github.git('acme/shop', 'cat-file', '-s', 'add/dashboard:logo.png')).toBe('3');
    expect(issues()).toMatchObject([
      { title: 'Add a dashboard', head: 'add/dashboard', base: { ref: 'main' }, draft: false },
    ]);
    expect(issues()[0]?.body).toBe(`For the shop.\n\n${commentMark('run-1/step')}`);
  });

  it('keeps modes and links, and goes where it is told', async () => {
    const step = propose(
      { targetPath: 'tools', sourcePath: 'out' },
      { files: { 'out/run.sh': 'ls\n', 'out/go': '-> run.sh' } },
    );
    makeExecutable(step.workspace, 'out/run.sh');
    await step.done();
    const modes = github.git(
      'acme/shop',
      'ls-tree',
      '-r',
      '--format=%(objectmode) %(path)',
      'add/dashboard',
      'tools/',
    );
    expect(modes.split('\n')).toEqual(['120000 tools/go', '100755 tools/run.sh']);
  });

  it('opens one however often it is tried, from wherever it was interrupted', async () => {
    github.next('POST', /pulls$/, { status: 502 });
    await expect(propose().run()).rejects.toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
    const commit = head('add/dashboard');
    expect(await propose().settle()).toBe('not-done');
    const output = await propose().done();
    expect(await propose().done()).toEqual(output);
    expect(await propose().settle()).toEqual({ output });
    expect(head('add/dashboard')).toBe(commit);
    expect(issues()).toHaveLength(1);
  });

  it('asks people to look at it', async () => {
    await propose({ reviewers: ['ada'], teamReviewers: ['core'], assignees: ['grace'] }).done();
    expect(github.asked.find(({ path }) => path.endsWith('requested_reviewers'))?.body).toEqual({
      reviewers: ['ada'],
      team_reviewers: ['core'],
    });
    expect(github.count('POST', /.*assignees/)).toBe(1);
  });

  it('names the branch itself when nobody does', async () => {
    await propose({ branchName: undefined }).done();
    expect(issues()[0]?.head).toMatch(/^atrium-[0-9a-f]{16}$/);
  });

  it('opens none when nothing changes, where that is wanted', async () => {
    const same = { files: { 'README.md': 'theirs\n' } };
    const output = await propose({ createWhenEmpty: false }, same).done();
    expect(output).toEqual({ targetBranchName: 'main' });
    expect(issues()).toEqual([]);
  });

  it.each(['../up', '.git/hooks/x', 'a/../../b'])('refuses to remove %s', async (path) => {
    await expect(propose({ filesToDelete: [path] }).run()).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  });

  it('refuses a target that is not there', async () => {
    await expect(propose({ targetBranchName: 'gone' }).run()).rejects.toThrow('There is no branch gone');
  });
});

describe('a branch that is there', () => {
  beforeEach(() => {
    github.git('acme/shop', 'branch', 'add/dashboard', 'main');
  });

  it('is refused', async () => {
    await expect(propose().run()).rejects.toThrow('The branch add/dashboard exists already');
    expect(head('add/dashboard')).toBe(head('main'));
  });

  it('gets one more commit with update, once', async () => {
    await propose({ update: true }).done();
    await propose({ update: true }).done();
    expect(github.git('acme/shop', 'rev-list', '--count', 'main..add/dashboard')).toBe('1');
    expect(issues()).toHaveLength(1);
  });

  it('keeps its open pull request, which is not closed afterwards', async () => {
    const theirs = {
      number: 1,
      state: 'open',
      branch: 'add/dashboard',
      base: { ref: 'main' },
      merged_at: null,
    };
    issues().push({ ...theirs, html_url: 'https://git.test/acme/shop/pull/1', title: 'Old', body: '' });
    const step = propose({ update: true });
    const output = await step.done();
    expect(output).toMatchObject({ pullRequestNumber: 1 });
    expect(issues()).toMatchObject([{ title: 'Add a dashboard' }]);
    await step.undo(output);
    expect(issues()).toMatchObject([{ state: 'open' }]);
    expect(step.log.join()).toContain('was there before this run');
  });
});

describe('taking it back', () => {
  it('closes it and removes the branch, once and again', async () => {
    const output = await propose().done();
    await propose().undo(output);
    await propose().undo(output);
    expect(issues()).toMatchObject([{ state: 'closed' }]);
    expect(github.git('acme/shop', 'branch', '--format=%(refname:short)')).toBe('main');
  });

  it('leaves a branch that others work on', async () => {
    const output = await propose().done();
    const more = ['commit-tree', 'add/dashboard^{tree}', '-p', 'add/dashboard', '-m', 'more'];
    github.git('acme/shop', 'update-ref', 'refs/heads/add/dashboard', github.git('acme/shop', ...more));
    const step = propose();
    await step.undo(output);
    expect(step.log).toEqual(['warning: The branch add/dashboard has commits of others, and stays']);
    expect(issues()).toMatchObject([{ state: 'closed' }]);
  });

  it('does not pretend to take back what is merged', async () => {
    const output = await propose().done();
    Object.assign(issues()[0] ?? {}, { merged_at: '2026-01-01T00:00:00Z', state: 'closed' });
    await expect(propose().undo(output)).rejects.toThrow('is merged: revert it there');
  });
});

describe('beforehand', () => {
  it('plans what it would do and asks nobody', async () => {
    const { calls } = await propose({ token: 'a-secret-of-the-user' }).plan();
    expect(calls).toMatchObject([
      {
        target: 'git.test/acme/shop',
        detail: { branch: 'add/dashboard', files: 2, title: 'Add a dashboard' },
      },
    ]);
    expect(JSON.stringify(calls)).not.toContain('secret');
    expect(github.asked).toEqual([]);
  });

  it('says what to set', () => {
    const step = stepOf(depsOf({}), 'publish:github:pull-request', base);
    expect(step.missing()).toContain('actions.hosts');
    expect(propose().missing()).toBeNull();
  });
});
