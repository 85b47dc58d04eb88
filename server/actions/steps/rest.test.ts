import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveGithub, type TestGithub } from './github.test-helper.ts';
import { closeServers, depsOf, emptyAddress, stepOf, token } from './outside.test-helper.ts';
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

describe('what an API answers', () => {
  it('tells a token that is not taken', async () => {
    await expect(publish({ token: 'wrong' }).run()).rejects.toMatchObject({
      code: 'STEP_FAILED',
      message: 'git.test does not take the token that it is given: Bad credentials',
    });
  });

  it('asks to be tried again when it is asked too often, and says when', async () => {
    github.next('POST', /repos$/, {
      status: 429,
      body: { message: 'Slow down' },
      headers: { 'retry-after': '7' },
    });
    await expect(publish().run()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 7 });
    await publish().done();
    const reset = String(Date.parse('2030-01-01T00:01:00Z') / 1000);
    github.next('POST', /repos$/, {
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': reset,
        date: 'Tue, 01 Jan 2030 00:00:00 GMT',
      },
    });
    const other = publish({ repoUrl: 'git.test?owner=acme&repo=other' });
    await expect(other.run()).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterSeconds: 60 });
  });

  it('asks to be tried again when nobody answers', async () => {
    const hosts = [{ kind: 'github' as const, host: 'git.test', apiUrl: await emptyAddress(), token }];
    const step = stepOf(depsOf({ hosts }), 'publish:github', { repoUrl }, { files });
    await expect(step.run()).rejects.toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
  });

  it('tells an answer that it does not understand', async () => {
    github.next('GET', /^\/repos/, { body: { html_url: 7 } });
    await expect(publish().run()).rejects.toThrow('answers /repos/acme/shop in an unknown way: html_url');
  });
});
