import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Values } from '../step-action.ts';
import { git } from './git.test-helper.ts';
import { serveGitlab, type TestGitlab } from './gitlab.test-helper.ts';
import { commentMark, markOf } from './made-mark.ts';
import { closeServers, depsOf, stepOf } from './outside.test-helper.ts';
import { removeFolders } from './step.test-helper.ts';

let gitlab: TestGitlab;
beforeEach(async () => {
  gitlab = await serveGitlab();
});
afterEach(() => {
  closeServers();
  removeFolders();
});

const repoUrl = 'lab.test?owner=acme/tools&repo=shop';
const files = { 'src/index.ts': 'export {};\n', 'README.md': '# Shop\n' };
const shop = () => gitlab.projects.get('acme/tools/shop');
const inShop = (...args: string[]) => git(shop()?.folder ?? '', args);

const publish = (input: Values = {}, key = 'run-1/step') =>
  stepOf(gitlab.deps, 'publish:gitlab', { repoUrl, defaultBranch: 'main', ...input }, { files, key });

describe('publish:gitlab', () => {
  it('makes the project and pushes the workspace, once', async () => {
    const output = await publish({ topics: ['web'], settings: { ci_config_path: 'ci.yml' } }).done();
    expect(await publish().done()).toEqual(output);
    const address = String(shop()?.data.http_url_to_repo).replace(/\.git$/, '');
    expect(output).toEqual({
      remoteUrl: address,
      repoContentsUrl: `${address}/-/blob/main`,
      projectId: 1,
      commitHash: inShop('rev-parse', 'main'),
      created: true,
    });
    expect(shop()?.data).toMatchObject({
      namespace_id: 4,
      visibility: 'private',
      ci_config_path: 'ci.yml',
      topics: ['web', markOf('run-1/step')],
    });
    expect(gitlab.count('POST', /\/projects/)).toBe(1);
    expect(inShop('rev-list', '--count', 'main')).toBe('1');
    expect(await publish().settle()).toEqual({ output });
    expect(await publish({}, 'another').settle()).toBe('not-done');
  });

  it('refuses a project of somebody else, or leaves it as it is', async () => {
    gitlab.add('acme/tools/shop');
    await expect(publish().run()).rejects.toThrow('acme/tools/shop exists already');
    const output = await publish({ skipExisting: true }).done();
    expect(output).toMatchObject({ created: false, projectId: 1 });
    await publish({ skipExisting: true }).undo(output);
    await publish().undo({ commitHash: '' });
    expect(inShop('log', '-1', '--format=%s', 'main')).toBe('theirs');
  });

  it('makes branches and variables', async () => {
    const input = {
      branches: [{ name: 'next', create: true, protect: true }],
      projectVariables: [{ key: 'REGION', value: 'eu', masked: true }],
    };
    await publish(input).done();
    await publish(input).done();
    expect(inShop('rev-parse', 'next')).toBe(inShop('rev-parse', 'main'));
    expect(shop()?.variables.get('REGION')).toMatchObject({ value: 'eu', masked: true });
    expect(await publish(input).settle()).toBe('not-done');
    const { calls } = await publish(input).plan();
    expect(calls).toMatchObject([
      { detail: { branches: ['next'], variables: ['REGION'] } },
      { detail: { files: 2 } },
    ]);
    expect(JSON.stringify(calls)).not.toContain('"eu"');
  });
});

describe('publish:gitlab, otherwise', () => {
  it('is taken back, unless somebody has pushed to it', async () => {
    const output = await publish().done();
    const more = inShop('commit-tree', 'main^{tree}', '-p', 'main', '-m', 'more');
    inShop('update-ref', 'refs/heads/main', more);
    await expect(publish().undo(output)).rejects.toThrow('commits that this run did not make');
    inShop('update-ref', 'refs/heads/main', String(output.commitHash));
    await publish().undo(output);
    await publish().undo(output);
    expect(gitlab.projects.size).toBe(0);
  });

  it('tells what is wrong', async () => {
    await expect(publish({ token: 'wrong' }).run()).rejects.toThrow('does not take the token');
    await expect(publish({ repoUrl: 'lab.test?owner=none&repo=x' }).run()).rejects.toThrow(
      'no namespace none',
    );
    gitlab.next('POST', /projects/, {
      status: 400,
      body: { message: { path: ['is reserved', 'is short'] } },
    });
    await expect(publish().run()).rejects.toThrow(
      'lab.test answers 400 to POST /projects: path is reserved, is short',
    );
    gitlab.next('POST', /projects/, { status: 429, headers: { 'retry-after': '3' } });
    await expect(publish().run()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 3 });
  });

  it('says what to set', async () => {
    const bare = stepOf(depsOf({}), 'publish:gitlab', { repoUrl: 'gitlab.com?owner=a&repo=b' });
    expect(bare.missing()).toContain('{ kind: gitlab, host: gitlab.com, token: { env: GITLAB_TOKEN } }');
    await expect(bare.run()).rejects.toThrow(bare.missing() ?? '');
    expect(publish().missing()).toBeNull();
  });
});

describe('publish:gitlab:merge-request', () => {
  const base = {
    repoUrl,
    title: 'Add a dashboard',
    description: 'For the shop.',
    branchName: 'add/dashboard',
  };
  const propose = (input: Values = {}, key = 'run-1/step') =>
    stepOf(gitlab.deps, 'publish:gitlab:merge-request', { ...base, ...input }, { files, key });
  beforeEach(() => {
    gitlab.add('acme/tools/shop', { 'README.md': 'theirs\n', 'old.txt': 'old\n' });
  });

  it('puts the files on top of what the branch has, and opens one merge request', async () => {
    gitlab.next('POST', /merge_requests/, { status: 503 });
    await expect(propose().run()).rejects.toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
    expect(await propose().settle()).toBe('not-done');
    const output = await propose({ assignee: 'ada', reviewers: ['@ada'], labels: ['a', 'b'] }).done();
    expect(await propose().done()).toEqual(output);
    expect(await propose().settle()).toEqual({ output });
    expect(output).toEqual({
      targetBranchName: 'main',
      projectid: '1',
      projectPath: 'acme/tools/shop',
      mergeRequestUrl: 'https://lab.test/acme/tools/shop/-/merge_requests/1',
      mergeRequestId: 1,
    });
    expect(inShop('ls-tree', '-r', '--name-only', 'add/dashboard')).toBe('README.md\nold.txt\nsrc/index.ts');
    expect(inShop('show', 'add/dashboard:README.md')).toBe('# Shop');
    expect(inShop('rev-list', '--count', 'main..add/dashboard')).toBe('1');
    expect(shop()?.requests).toMatchObject([{ assignee_id: 7, reviewer_ids: [7], labels: 'a,b' }]);
    expect(shop()?.requests[0]?.description).toContain(commentMark('run-1/step'));
  });

  it('removes files', async () => {
    await propose({ commitAction: 'delete' }).done();
    expect(inShop('ls-tree', '-r', '--name-only', 'add/dashboard')).toBe('old.txt');
  });

  it('refuses a branch of somebody else, and people that are not there', async () => {
    await expect(propose({ reviewers: ['nobody'] }).run()).rejects.toThrow('no user nobody');
    inShop('branch', '-f', 'add/dashboard', 'main');
    await expect(propose().run()).rejects.toThrow('The branch add/dashboard exists already');
  });

  it('is taken back, unless it is merged', async () => {
    const output = await propose().done();
    await propose().undo(output);
    await propose().undo(output);
    expect(shop()?.requests).toMatchObject([{ state: 'closed' }]);
    expect(inShop('branch', '--format=%(refname:short)')).toBe('main');
    Object.assign(shop()?.requests[0] ?? {}, { state: 'merged' });
    await expect(propose().undo(output)).rejects.toThrow('is merged: revert it there');
  });

  it('is planned', async () => {
    const { calls } = await propose({ token: 'hidden' }).plan();
    expect(calls).toMatchObject([{ target: 'lab.test/acme/tools/shop', detail: { files: 2 } }]);
    expect(JSON.stringify(calls)).not.toContain('hidden');
    expect(gitlab.asked).toEqual([]);
  });
});
