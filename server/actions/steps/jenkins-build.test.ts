import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Values } from '../step-action.ts';
import {
  closeServers,
  depsOf,
  type Step,
  serve,
  stepOf,
  type TestServer,
  TOKEN,
  token,
} from './outside.test-helper.ts';
import { dispatch, found, type Routes } from './routes.test-helper.ts';
import { removeFolders } from './step.test-helper.ts';

interface Build {
  number: number;
  url: string;
  building: boolean;
  result: string | null;
  actions: { parameters?: { name: string; value: string }[] }[];
}

let jenkins: TestServer;
let builds: Build[];
let queue: Values[];
let parameters: string[];

beforeEach(async () => {
  builds = [];
  queue = [];
  parameters = ['REGION', 'ATRIUM_KEY'];
  const start = (text = '') => {
    const values = [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
    queue.push({ id: 1, url: `${jenkins.url}/queue/item/1/`, actions: [{ parameters: values }, {}] });
    return { status: 201, headers: { location: `${jenkins.url}/queue/item/1/` } };
  };
  const job = '/job/platform/job/deploy';
  const routes: Routes = {
    [`GET ${job}/api/json`]: () => {
      const parameterDefinitions = parameters.map((name) => ({ name }));
      return found({ buildable: true, property: [{}, { parameterDefinitions }], builds });
    },
    'GET /queue/api/json': () => found({ items: queue }),
    [`POST ${job}/build`]: () => (parameters.length > 0 ? { status: 400 } : start()),
    [`POST ${job}/buildWithParameters`]: (_at, { body }) => start(body.text),
  };
  const login = `Basic ${Buffer.from(`robot:${TOKEN}`).toString('base64')}`;
  jenkins = await serve((asked) =>
    asked.headers.authorization === login ? dispatch(routes, asked) : { status: 401 },
  );
});
afterEach(() => {
  closeServers();
  removeFolders();
});

const now = () => new Date('2026-03-01T12:00:00Z');
const build = (input: Values = {}, key = 'run-1/step'): Step =>
  stepOf(
    depsOf({ jenkins: { url: `${jenkins.url}/`, user: 'robot', token } }),
    'jenkins:build',
    { jobName: 'platform/deploy', jobParameters: { REGION: 'eu', DEBUG: true }, ...input },
    { key, now },
  );
/** What Jenkins does with what stands in line. */
function begin(): void {
  const [item] = queue.splice(0);
  const actions = item?.actions as Build['actions'];
  builds.push({ number: 7, url: `${jenkins.url}/7/`, building: true, result: null, actions });
}

describe('jenkins:build', () => {
  it('builds once for one key, and finds it in line and afterwards', async () => {
    const queueUrl = `${jenkins.url}/queue/item/1/`;
    expect(await build().done()).toEqual({ queueUrl });
    expect(await build().done()).toEqual({ queueUrl });
    expect(await build().settle()).toEqual({ output: { queueUrl } });
    begin();
    expect(await build().done()).toEqual({ buildNumber: 7, buildUrl: `${jenkins.url}/7/` });
    expect(await build({}, 'another').settle()).toBe('not-done');
    expect(jenkins.count('POST', /.*/)).toBe(1);
    expect(jenkins.asked.find(({ method }) => method === 'POST')?.body.text).toBe(
      'REGION=eu&DEBUG=true&ATRIUM_KEY=run-1%2Fstep',
    );
  });

  it('waits for the end without holding anything', async () => {
    const step = build({ wait: true });
    expect(await step.run()).toEqual({
      wait: 'Waits for the build of platform/deploy',
      until: new Date('2026-03-01T12:00:10Z'),
    });
    begin();
    expect(await step.run()).toHaveProperty('wait');
    Object.assign(builds[0] ?? {}, { building: false, result: 'SUCCESS' });
    expect(await step.settle()).toBe('not-done');
    expect(await step.run()).toMatchObject({ output: { buildNumber: 7, result: 'SUCCESS' } });
    Object.assign(builds[0] ?? {}, { result: 'FAILURE' });
    await expect(step.run()).rejects.toThrow('Build 7 of platform/deploy ended with FAILURE');
    expect(jenkins.count('POST', /.*/)).toBe(1);
  });

  it('builds a job that says nothing of keys, but can not tell afterwards', async () => {
    parameters = [];
    await build({ jobParameters: {} }).done();
    expect(jenkins.count('POST', /.*\/build/)).toBe(1);
    expect(await build().settle()).toBe('unknown');
    await expect(build({ wait: true }).run()).rejects.toThrow('has no text parameter ATRIUM_KEY');
    jenkins.next('POST', /build$/, { status: 502 });
    await expect(build().run()).rejects.toMatchObject({ code: 'STEP_FAILED' });
  });

  it('asks to be tried again, or tells what is wrong', async () => {
    jenkins.next('POST', /build/, { status: 502 });
    await expect(build().run()).rejects.toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
    await expect(build({ jobName: 'none' }).run()).rejects.toThrow(
      'Jenkins answers 404 to GET /job/none/api/json',
    );
    const jenkinsElsewhere = { url: jenkins.url, user: 'nobody', token };
    const step = stepOf(depsOf({ jenkins: jenkinsElsewhere }), 'jenkins:job:build', {
      jobName: 'platform/deploy',
    });
    await expect(step.run()).rejects.toThrow('does not take the token');
  });

  it('is planned, and says what to set', async () => {
    expect((await build().plan()).calls).toMatchObject([{ summary: 'Build platform/deploy in Jenkins' }]);
    expect(jenkins.asked).toEqual([]);
    const bare = stepOf(depsOf({}), 'jenkins:build', { jobName: 'x' });
    expect(bare.missing()).toContain('set actions.jenkins to');
    await expect(bare.run()).rejects.toThrow(bare.missing() ?? '');
    expect(build().missing()).toBeNull();
  });
});
