import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveGithub, type TestGithub } from './github.test-helper.ts';
import { markOf } from './made-mark.ts';
import { closeServers, depsOf, stepOf, TOKEN } from './outside.test-helper.ts';
import { removeFolders } from './step.test-helper.ts';

let github: TestGithub;
beforeEach(async () => {
  github = await serveGithub();
});
afterEach(() => {
  closeServers();
  removeFolders();
});

const repoUrl = 'git.test?owner=acme&repo=shop';
const files = { 'src/index.ts': 'export {};\n', 'README.md': '# Shop\n', '.git/config': 'not this' };
const publish = (input = {}, options = {}) =>
  stepOf(github.deps, 'publish:github', { repoUrl, defaultBranch: 'main', ...input }, { files, ...options });

describe('publish:github', () => {
  it('makes the repository and pushes the workspace', async () => {
    const output = await publish({
      description: 'A shop',
      topics: ['Web'],
      repoVisibility: 'internal',
    }).done();
    const commit = github.git('acme/shop', 'rev-parse', 'main');
    expect(output).toEqual({
      remoteUrl: github.repositories.get('acme/shop')?.data.clone_url,
      repoContentsUrl: 'https://git.test/acme/shop/blob/main',
      commitHash: commit,
    });
    expect(github.git('acme/shop', 'ls-tree', '-r', '--name-only', 'main')).toBe('README.md\nsrc/index.ts');
    expect(github.repositories.get('acme/shop')?.data).toMatchObject({
      description: 'A shop',
      topics: ['web', markOf('run-1/step')],
      visibility: 'internal',
      private: true,
    });
  });

  it('makes one repository and one commit however often it is tried', async () => {
    const first = await publish().done();
    expect(await publish().done()).toEqual(first);
    expect(github.count('POST', /\/orgs\/acme\/repos/)).toBe(1);
    expect(github.git('acme/shop', 'rev-list', '--count', 'main')).toBe('1');
  });

  it('goes on with a repository whose making was interrupted', async () => {
    github.next('PUT', /topics/, { status: 502, body: { message: 'Bad gateway' } });
    github.next('PUT', /topics/, { status: 502, body: { message: 'Bad gateway' } });
    github.next('PUT', /topics/, { status: 502, body: { message: 'Bad gateway' } });
    await expect(publish({ description: 'A shop' }).run()).rejects.toMatchObject({
      code: 'OUTSIDE_UNAVAILABLE',
    });
    expect(await publish().settle()).toBe('not-done');
    await publish({ description: 'A shop' }).done();
    expect(github.count('POST', /\/orgs\/acme\/repos/)).toBe(1);
    expect(github.repositories.get('acme/shop')?.data.description).toBe('A shop');
  });

  it('refuses a repository that somebody else made, before and while it is asked for', async () => {
    github.add('acme/shop');
    const refused = { code: 'STEP_FAILED', message: expect.stringContaining('acme/shop exists already') };
    await expect(publish().run()).rejects.toMatchObject(refused);
    github.next('GET', /^\/repos\/acme\/shop$/, { status: 404, body: { message: 'Not Found' } });
    await expect(publish().run()).rejects.toMatchObject(refused);
    await expect(publish({}, { key: 'run-2/step' }).settle()).resolves.toBe('not-done');
  });

  it('makes a repository of a user as theirs', async () => {
    await publish({ repoUrl: 'git.test?owner=ada&repo=notes' }).done();
    expect(github.count('POST', /\/user\/repos/)).toBe(1);
  });
});

describe('publish:github, afterwards', () => {
  it('settles by its key', async () => {
    const output = await publish().done();
    expect(await publish().settle()).toEqual({ output });
    expect(await publish({}, { key: 'another' }).settle()).toBe('not-done');
  });

  it('is taken back, once and again', async () => {
    const output = await publish().done();
    await publish().undo(output);
    expect(github.repositories.has('acme/shop')).toBe(false);
    await publish().undo(output);
    expect(github.count('DELETE', /.*/)).toBe(1);
  });

  it('is not taken back once somebody has pushed to it, and never when it is another’s', async () => {
    const output = await publish().done();
    const tree = github.git('acme/shop', 'rev-parse', 'main^{tree}');
    const more = github.git('acme/shop', 'commit-tree', tree, '-p', 'main', '-m', 'more');
    github.git('acme/shop', 'update-ref', 'refs/heads/main', more);
    await expect(publish().undo(output)).rejects.toMatchObject({
      message: expect.stringContaining('commits that this run did not make'),
    });
    const other = publish({}, { key: 'another' });
    await other.undo(output);
    expect(other.log).toEqual(['warning: acme/shop was not made by this run, and stays']);
    expect(github.repositories.has('acme/shop')).toBe(true);
  });
});

describe('publish:github, beside the files', () => {
  it('protects the branch, and says so where the account can not', async () => {
    await publish({ requiredApprovingReviewCount: 2, requireCodeOwnerReviews: true }).done();
    expect(github.repositories.get('acme/shop')?.protection.get('main')).toMatchObject({
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 2, require_code_owner_reviews: true },
    });
    const other = publish({ repoUrl: 'git.test?owner=acme&repo=free' });
    const message = 'Upgrade to GitHub Pro or make this repository public to enable this feature.';
    github.next('PUT', /protection$/, { status: 403, body: { message } });
    await other.done();
    expect(other.log[0]).toContain('main is not protected');
  });

  it('gives access and variables', async () => {
    const collaborators = [
      { access: 'read', user: 'ada' },
      { access: 'maintain', team: 'acme/core' },
    ];
    const input = { access: 'acme/owners', collaborators, repoVariables: { REGION: 'eu' }, subscribe: true };
    await publish(input).done();
    const asked = github.asked.filter(
      ({ method, path }) => method === 'PUT' && /collaborators|teams/.test(path),
    );
    expect(asked.map(({ path, body }) => [path, body.permission])).toEqual([
      ['/orgs/acme/teams/owners/repos/acme/shop', 'admin'],
      ['/repos/acme/shop/collaborators/ada', 'pull'],
      ['/orgs/acme/teams/core/repos/acme/shop', 'maintain'],
    ]);
    await publish({ ...input, repoVariables: { REGION: 'us' } }).done();
    expect(github.repositories.get('acme/shop')?.variables.get('REGION')).toMatchObject({ value: 'us' });
  });
});

describe('publish:github, beforehand', () => {
  it('plans what it would do, asks nobody and shows no secrets', async () => {
    const { calls, output } = await publish({ token: 'a-secret-of-the-user', access: 'ada' }).plan();
    expect(calls.map(({ summary }) => summary)).toEqual([
      'Make the private repository acme/shop',
      'Push 2 files to main of acme/shop',
      'Protect main of acme/shop',
    ]);
    expect(output).toMatchObject({ repoContentsUrl: 'https://git.test/acme/shop/blob/main' });
    expect(JSON.stringify(calls)).not.toContain('secret');
    expect(JSON.stringify(calls)).not.toContain(TOKEN);
    expect(github.asked).toEqual([]);
  });

  it('says what to set, the same words before and in a run', async () => {
    const bare = stepOf(depsOf({}), 'publish:github', { repoUrl: 'github.com?owner=acme&repo=shop' });
    const words = bare.missing();
    expect(words).toContain(
      'add { kind: github, host: github.com, token: { env: GITHUB_TOKEN } } to actions.hosts',
    );
    await expect(bare.run()).rejects.toMatchObject({ code: 'STEP_FAILED', message: words });
    expect(publish().missing()).toBeNull();
    const elsewhere = publish({ repoUrl: 'other.test?owner=acme&repo=shop', token: 'x' });
    await expect(elsewhere.run()).rejects.toMatchObject({
      message: expect.stringContaining('host: other.test'),
    });
  });

  it.each([
    'github.com',
    'git.test?owner=acme',
    'git.test?owner=..&repo=shop',
    'git.test?owner=a/../b&repo=x/y',
  ])('refuses the address %s', async (address) => {
    await expect(publish({ repoUrl: address }).run()).rejects.toMatchObject({ code: 'STEP_FAILED' });
    expect(github.asked).toEqual([]);
  });

  it('refuses inputs that it would have to pass over', async () => {
    await expect(publish({ secrets: { A: 'b' } }).run()).rejects.toThrow('secrets: is not supported');
  });

  it('leaves out nothing that a folder of the workspace has, and refuses one that is not there', async () => {
    await publish({ sourcePath: 'src' }).done();
    expect(github.git('acme/shop', 'ls-tree', '-r', '--name-only', 'main')).toBe('index.ts');
    await expect(publish({ sourcePath: 'nowhere' }).run()).rejects.toThrow('There is no folder nowhere');
    await expect(publish({ sourcePath: '../..' }).run()).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  });
});

describe('github:repo:create and github:repo:push', () => {
  const create = (key?: string) => stepOf(github.deps, 'github:repo:create', { repoUrl }, key ? { key } : {});
  const push = () =>
    stepOf(github.deps, 'github:repo:push', { repoUrl, defaultBranch: 'main' }, { files, key: 'run-1/push' });

  it('do together what publish:github does, once', async () => {
    const made = await create().done();
    const output = await push().done();
    expect(await push().done()).toEqual(output);
    expect(output).toMatchObject({ ...made, commitHash: github.git('acme/shop', 'rev-parse', 'main') });
    expect(github.git('acme/shop', 'rev-list', '--count', 'main')).toBe('1');
    expect(await create().settle()).toEqual({ output: made });
    await create().undo(made);
    expect(github.repositories.size).toBe(0);
  });

  it('refuse what is not theirs', async () => {
    github.add('acme/shop');
    await expect(create().run()).rejects.toThrow('choose another name');
    await expect(push().run()).rejects.toMatchObject({ code: 'STEP_FAILED' });
    expect(await create().settle()).toBe('not-done');
  });

  it('are planned', async () => {
    expect((await create().plan()).calls).toMatchObject([{ target: 'git.test/acme/shop' }]);
    expect((await push().plan()).calls).toHaveLength(2);
  });
});
