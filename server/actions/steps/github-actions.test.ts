import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Values } from '../step-action.ts';
import { serveGithub, type TestGithub } from './github.test-helper.ts';
import type { TestRepository } from './github-repository.test-helper.ts';
import { closeServers, depsOf, emptyAddress, stepOf, token } from './outside.test-helper.ts';
import { removeFolders } from './step.test-helper.ts';

let github: TestGithub;
let repository: TestRepository;
beforeEach(async () => {
  github = await serveGithub();
  repository = github.add('acme/shop');
});
afterEach(() => {
  closeServers();
  removeFolders();
});

const step = (id: string, input: Values, key?: string) =>
  stepOf(github.deps, id, { repoUrl: 'git.test?owner=acme&repo=shop', ...input }, key ? { key } : {});

const all: [string, Values][] = [
  ['github:issues:create', { title: 'Look' }],
  ['github:issues:label', { number: 1, labels: ['a'] }],
  ['github:webhook', { webhookUrl: 'https://ci.example.com/hook?key=hidden' }],
  ['github:actions:dispatch', { workflowId: 'ci.yaml', branchOrTagName: 'main' }],
  ['github:environment:create', { name: 'production' }],
  ['github:branch-protection:create', { branch: 'main' }],
];

describe.each(all)('%s', (id, input) => {
  it('plans, asks nobody and shows no secrets', async () => {
    const { calls } = await step(id, { ...input, token: 'hidden' }).plan();
    expect(calls).toMatchObject([
      { target: 'git.test/acme/shop', summary: expect.stringContaining('acme/shop') },
    ]);
    expect(JSON.stringify(calls)).not.toContain('hidden');
    expect(github.asked).toEqual([]);
  });

  it('says what to set, before and in a run', async () => {
    const bare = stepOf(depsOf({}), id, { repoUrl: 'github.com?owner=acme&repo=shop', ...input });
    expect(bare.missing()).toContain('actions.hosts');
    await expect(bare.run()).rejects.toThrow(bare.missing() ?? '');
    expect(step(id, input).missing()).toBeNull();
  });

  it('asks to be tried again when it is asked too often', async () => {
    for (let times = 0; times < 3; times++) github.next('GET', /./, { status: 429 });
    for (const method of ['POST', 'PUT']) {
      for (let times = 0; times < 3; times++) github.next(method, /./, { status: 429 });
    }
    await expect(step(id, input).run()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });
});

describe('github:issues:create', () => {
  const open = (key?: string) =>
    step('github:issues:create', { title: 'Look', body: 'At this.', labels: ['x'] }, key);

  it('opens one issue for one key', async () => {
    const output = await open().done();
    expect(output).toEqual({ issueUrl: 'https://git.test/acme/shop/issues/1', issueNumber: 1 });
    expect(await open().done()).toEqual(output);
    expect(await open().settle()).toEqual({ output });
    expect(await open('another').settle()).toBe('not-done');
    await open('another').done();
    expect(repository.issues.map(({ labels }) => labels)).toEqual([['x'], ['x']]);
  });

  it('is taken back', async () => {
    await open().undo(await open().done());
    expect(repository.issues).toMatchObject([{ state: 'closed', state_reason: 'not_planned' }]);
  });
});

describe('github:issues:label', () => {
  it('puts the labels on', async () => {
    await step('github:issues:label', { number: 4, labels: ['a', 'b'] }).done();
    expect(github.asked).toMatchObject([
      { path: '/repos/acme/shop/issues/4/labels', body: { labels: ['a', 'b'] } },
    ]);
  });
});

describe('github:webhook', () => {
  const hook = (input = {}) =>
    step('github:webhook', { webhookUrl: 'https://ci.example.com/hook', webhookSecret: 's3cret', ...input });

  it('adds one for an address, however often, and takes back what it added', async () => {
    const output = await hook({ events: ['push', 'release'], contentType: 'json' }).done();
    expect(output).toEqual({ hookId: 1, made: true });
    expect(await hook().done()).toEqual({ hookId: 1, made: false });
    expect(repository.hooks).toMatchObject([
      { events: ['push'], config: { secret: 's3cret', content_type: 'form' } },
    ]);
    expect(await hook().settle()).toBe('not-done');
    await hook().undo(output);
    await hook().undo(output);
    expect(repository.hooks).toEqual([]);
  });

  it('leaves one that was there', async () => {
    repository.hooks.push({ id: 1, config: { url: 'https://ci.example.com/hook' } });
    await hook().undo(await hook().done());
    expect(repository.hooks).toHaveLength(1);
  });
});

describe('github:actions:dispatch', () => {
  const start = (input = {}) =>
    step('github:actions:dispatch', { workflowId: 'ci.yaml', branchOrTagName: 'main', ...input });

  it('starts the workflow', async () => {
    await start({ workflowInputs: { region: 'eu' } }).done();
    expect(github.asked).toMatchObject([
      {
        path: '/repos/acme/shop/actions/workflows/ci.yaml/dispatches',
        body: { ref: 'main', inputs: { region: 'eu' } },
      },
    ]);
  });

  it('is not tried again when it may have been started, and a person has to say', async () => {
    github.next('POST', /dispatches/, { status: 502 });
    await expect(start().run()).rejects.toMatchObject({
      code: 'STEP_FAILED',
      message: expect.stringContaining('look there before trying again'),
    });
    expect(await start().settle()).toBe('unknown');
    expect(github.asked).toHaveLength(1);
  });

  it('is tried again when it certainly was not', async () => {
    github.next('POST', /dispatches/, { status: 503 });
    await expect(start().run()).rejects.toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
    const hosts = [{ kind: 'github' as const, host: 'git.test', apiUrl: await emptyAddress(), token }];
    const input = { repoUrl: 'git.test?owner=acme&repo=shop', workflowId: 1, branchOrTagName: 'main' };
    const away = stepOf(depsOf({ hosts }), 'github:actions:dispatch', input);
    await expect(away.run()).rejects.toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
  });
});

describe('github:environment:create', () => {
  const make = (input = {}) => step('github:environment:create', { name: 'production', ...input });

  it('makes it with its rules, and takes it back', async () => {
    const input = {
      reviewers: ['user:default/ada', 'group:core'],
      customBranchPolicyNames: ['main'],
      environmentVariables: { REGION: 'eu' },
      waitTimer: 5,
    };
    const output = await make(input).done();
    expect(output).toEqual({ made: true });
    expect(await make(input).done()).toEqual({ made: false });
    expect(repository.environments.get('production')).toEqual({
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
      reviewers: [
        { type: 'User', id: 7 },
        { type: 'Team', id: 9 },
      ],
      wait_timer: 5,
    });
    expect(repository.variables.get('production/REGION')).toMatchObject({ value: 'eu' });
    await make().undo({ made: false });
    expect(repository.environments.size).toBe(1);
    await make().undo(output);
    await make().undo(output);
    expect(repository.environments.size).toBe(0);
  });

  it('names a reviewer that is not there', async () => {
    await expect(make({ reviewers: ['user:nobody'] }).run()).rejects.toThrow('git.test has no user nobody');
  });
});

describe('github:branch-protection:create', () => {
  const protect = (input = {}) => step('github:branch-protection:create', input);

  it('sets the rules of the default branch, and takes them back where there were none', async () => {
    const output = await protect({ requiredStatusCheckContexts: ['test'] }).done();
    expect(output).toEqual({ branch: 'main', made: true });
    expect(await protect().done()).toEqual({ branch: 'main', made: false });
    expect(repository.protection.get('main')).toMatchObject({
      required_status_checks: { strict: true, contexts: [] },
    });
    await protect().undo({ ...output, made: false });
    expect(repository.protection.size).toBe(1);
    await protect().undo(output);
    expect(repository.protection.size).toBe(0);
  });
});
