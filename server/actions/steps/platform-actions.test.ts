import { afterEach, describe, expect, it } from 'vitest';
import { actionsConfigSchema } from '../../kernel/actions-config.ts';
import { checkInput } from '../runs/check-input.ts';
import { actionOf, depsOf } from './outside.test-helper.ts';
import { platformActions } from './platform-actions.ts';

const actions = platformActions(depsOf({}));

describe('platformActions', () => {
  it('has each action once', () => {
    expect(actions.map(({ id }) => id).sort()).toEqual([
      'github:actions:dispatch',
      'github:branch-protection:create',
      'github:environment:create',
      'github:issues:create',
      'github:issues:label',
      'github:repo:create',
      'github:repo:push',
      'github:webhook',
      'jenkins:build',
      'jenkins:job:build',
      'kube:apply',
      'kubernetes:apply',
      'kubernetes:wait',
      'publish:github',
      'publish:github:pull-request',
      'publish:gitlab',
      'publish:gitlab:merge-request',
      'slack:message',
      'slack:sendMessage',
      'slack:sendMessage:webhook',
    ]);
  });

  it('holds what a template says against the schema', () => {
    const publish = actionOf(actions, 'publish:github');
    const repoUrl = 'github.com?owner=acme&repo=shop';
    expect(() => checkInput(publish, { repoUrl, token: false, topics: ['a'] })).not.toThrow();
    expect(() => checkInput(publish, { repoUrl, secrets: { A: 'b' } })).toThrow('secrets');
    expect(() => checkInput(publish, { repoUrl, repoVisibility: 'secret' })).toThrow('repoVisibility');
    expect(() => checkInput(publish, {})).toThrow('repoUrl');
  });
});

describe('the configuration of platforms', () => {
  afterEach(() => {
    delete process.env.ATRIUM_TEST_TOKEN;
  });

  it('is valid with nothing in it', () => {
    expect(actionsConfigSchema.parse({})).toMatchObject({ hosts: [], clusters: [] });
  });

  it('reads its secrets, and shows none', () => {
    process.env.ATRIUM_TEST_TOKEN = 'hidden-away';
    const token = { env: 'ATRIUM_TEST_TOKEN' };
    const config = actionsConfigSchema.parse({
      hosts: [{ kind: 'github', host: 'github.com', token }],
      clusters: [{ name: 'prod', server: 'https://10.0.0.1:6443', token, ca: token }],
      jenkins: { url: 'https://ci.example.com', user: 'robot', token },
      slack: { webhook: token },
    });
    expect(config.hosts[0]?.token.reveal()).toBe('hidden-away');
    expect(JSON.stringify(config)).not.toContain('hidden-away');
  });

  it.each([
    { hosts: [{ kind: 'bitbucket', host: 'x' }] },
    { hosts: [{ kind: 'github', host: 'github.com' }] },
    { clusters: [{ name: 'prod', server: 'nowhere' }] },
    { jenkins: { url: 'https://ci.example.com', password: 'x' } },
    { slack: {} },
  ])('refuses %j', (config) => {
    expect(actionsConfigSchema.safeParse(config).success).toBe(false);
  });
});
