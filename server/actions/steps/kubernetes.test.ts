import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Values } from '../step-action.ts';
import { ownCertificate, serveCluster, type TestCluster } from './cluster.test-helper.ts';
import { markOf } from './made-mark.ts';
import { closeServers, configOf, depsOf, type StepOptions, stepOf, token } from './outside.test-helper.ts';
import { removeFolders } from './step.test-helper.ts';

let cluster: TestCluster;
beforeEach(async () => {
  cluster = await serveCluster();
});
afterEach(() => {
  closeServers();
  removeFolders();
});

const manifest = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { a: "1" }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
`;
const settings = '/api/v1/namespaces/shop/configmaps/settings';
const namespace = '/api/v1/namespaces/shop';
const apply = (input: Values = {}, options: StepOptions = {}) =>
  stepOf(cluster.deps, 'kubernetes:apply', { manifest, namespace: 'shop', ...input }, options);

describe('kubernetes:apply', () => {
  it('applies every object on the side of the server, what others stand in first', async () => {
    const output = await apply().done();
    expect([...cluster.objects.keys()]).toEqual([namespace, settings]);
    expect(cluster.objects.get(settings)).toMatchObject({
      data: { a: '1' },
      manager: 'atrium',
      metadata: { namespace: 'shop', annotations: { 'atrium/made-by': markOf('run-1/step') } },
    });
    expect(cluster.objects.get(namespace)?.metadata).not.toHaveProperty('namespace');
    expect(output).toMatchObject({
      objects: [
        { kind: 'Namespace', made: true },
        { kind: 'ConfigMap', uid: 'uid-2' },
      ],
    });
  });

  it('makes nothing twice, and settles by its key', async () => {
    expect(await apply().settle()).toBe('not-done');
    const output = await apply().done();
    expect(await apply().done()).toEqual(output);
    expect(cluster.objects.size).toBe(2);
    expect(await apply().settle()).toEqual({ output });
    expect(await apply({}, { key: 'another' }).settle()).toBe('not-done');
  });

  it('takes back what it made, and nothing else', async () => {
    cluster.objects.set(namespace, { metadata: { uid: 'theirs' } });
    const step = apply();
    const output = await step.done();
    await step.undo(output);
    await step.undo(output);
    expect([...cluster.objects.keys()]).toEqual([namespace]);
    expect(step.log).toContain('warning: Namespace shop was there before, or was changed since, and stays');
  });

  it('leaves what another run has changed since, or has made anew', async () => {
    const output = await apply().done();
    await apply({}, { key: 'another' }).done();
    await apply().undo(output);
    expect(cluster.objects.size).toBe(2);
  });
});

describe('manifests', () => {
  it('reads files, folders, lists and objects', async () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }],
    };
    const files = {
      'k8s/all.yaml': manifest,
      'k8s/more/list.json': JSON.stringify(list),
      'k8s/README.md': 'no',
    };
    await apply({ manifest: undefined, manifestPath: 'k8s' }, { files }).done();
    expect(cluster.objects.size).toBe(3);
    await apply({ manifest: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'q' } } }).done();
    expect(cluster.objects.has('/api/v1/namespaces/shop/pods/q')).toBe(true);
  });

  it.each([
    ['kind: Pod', 'apiVersion'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {}', 'metadata.name'],
    ['a: [', 'manifest: '],
    ['', 'There is no object'],
    ['{apiVersion: v1, kind: Nothing, metadata: {name: x}}', 'The cluster has no kind Nothing of v1'],
    ['{apiVersion: none.io/v1, kind: X, metadata: {name: x}}', 'The cluster has no kind X of none.io/v1'],
  ])('tells what is wrong with %j', async (text, words) => {
    await expect(apply({ manifest: text }).run()).rejects.toMatchObject({
      code: 'STEP_FAILED',
      message: expect.stringContaining(words),
    });
  });

  it('waits for a kind that the same manifest defines', async () => {
    const both = `{apiVersion: none.io/v1, kind: X, metadata: {name: x}}
---
{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: xs.none.io}}`;
    await expect(apply({ manifest: both }).run()).rejects.toMatchObject({ code: 'OUTSIDE_UNAVAILABLE' });
  });
});

describe('what a cluster is asked', () => {
  it('takes fields over from somebody else only when it is told to', async () => {
    cluster.objects.set(settings, { metadata: { uid: 'theirs' }, manager: 'somebody' });
    await expect(apply().run()).rejects.toThrow('conflict with "somebody"');
    await apply({ force: true }).done();
    expect(cluster.objects.get(settings)?.manager).toBe('atrium');
  });

  it('stays within the workspace', async () => {
    const outside = apply({ manifest: undefined, manifestPath: '../../etc/hosts' });
    await expect(outside.run()).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  });

  it('plans each object and asks nobody', async () => {
    const { calls, output } = await apply().plan();
    expect(calls.map(({ summary }) => summary)).toEqual([
      'Apply the Namespace shop to prod',
      'Apply the ConfigMap settings to prod',
    ]);
    expect(output).toMatchObject({ objects: [{ name: 'shop' }, { name: 'settings' }] });
    expect(cluster.asked).toEqual([]);
  });

  it('says what to set, and which cluster has to be named', async () => {
    const bare = stepOf(depsOf({}), 'kube:apply', { manifest });
    expect(bare.missing()).toContain('actions.clusters in the configuration file');
    await expect(bare.run()).rejects.toThrow(bare.missing() ?? '');
    await expect(apply({ cluster: 'test' }).run()).rejects.toThrow(
      'The Kubernetes cluster test is not configured',
    );
    const clusters = ['a', 'b'].map((name) => ({ name, server: cluster.url, token }));
    const two = { ...cluster.deps, config: configOf({ clusters }) };
    await expect(stepOf(two, 'kubernetes:apply', { manifest }).run()).rejects.toThrow('is meant: a, b');
    await stepOf(two, 'kubernetes:apply', { manifest, clusterName: 'b' }).done();
    await expect(apply({ token: 'wrong' }).run()).rejects.toThrow('does not take the token');
  });

  it('trusts a cluster by the certificate that is configured, and by no other', async () => {
    const tls = ownCertificate();
    const secure = await serveCluster(tls);
    await stepOf(secure.deps, 'kubernetes:apply', { manifest }).done();
    expect(secure.objects.size).toBe(2);
    const clusters = [{ name: 'prod', server: secure.url, token }];
    const untrusting = stepOf(depsOf({ clusters }), 'kubernetes:apply', { manifest });
    await expect(untrusting.run()).rejects.toThrow('SELF_SIGNED');
  });
});

describe('kubernetes:wait', () => {
  const path = '/apis/apps/v1/namespaces/shop/deployments/web';
  const job = '/apis/batch/v1/namespaces/shop/jobs/migrate';
  const condition = (type: string, status: string) => ({
    metadata: { uid: '1' },
    status: { phase: 'Bound', conditions: [{ type, status, reason: 'Because' }] },
  });
  let time: number;
  beforeEach(() => {
    time = Date.parse('2026-03-01T12:00:00Z');
  });
  const base = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    name: 'web',
    namespace: 'shop',
    condition: 'Available',
  };
  const wait = (input: Values = {}) =>
    stepOf(cluster.deps, 'kubernetes:wait', { ...base, ...input }, { now: () => new Date(time) });

  it('is asked again later until the condition is there', async () => {
    const step = wait();
    const words = 'Wait until Available of the Deployment web is True';
    expect(await step.run()).toEqual({ wait: words, until: new Date('2026-03-01T12:00:10Z') });
    cluster.objects.set(path, condition('Available', 'False'));
    expect(await step.run()).toMatchObject({ wait: words });
    cluster.objects.set(path, condition('Available', 'True'));
    expect(await step.run()).toMatchObject({ output: { object: { status: { phase: 'Bound' } } } });
  });

  it('takes a field, and absence', async () => {
    cluster.objects.set(path, condition('Available', 'False'));
    expect(await wait({ path: 'status.phase', value: 'Bound' }).run()).toHaveProperty('output');
    expect(await wait({ path: 'status.phase', value: 'Lost' }).run()).toHaveProperty('wait');
    expect(await wait({ path: 'status.nothing.deeper' }).run()).toHaveProperty('wait');
    expect(await wait({ absent: true }).run()).toHaveProperty('wait');
    cluster.objects.delete(path);
    expect(await wait({ absent: true }).run()).toEqual({ output: { object: null } });
  });

  it('gives up in time, saying how it stands', async () => {
    cluster.objects.set(path, condition('Available', 'False'));
    const step = wait({ timeoutSeconds: 15 });
    await step.run();
    time += 10_000;
    expect(await step.run()).toMatchObject({ until: new Date('2026-03-01T12:00:15Z') });
    time += 5000;
    await expect(step.run()).rejects.toThrow('not within 15 s; Available is False');
  });

  it('does not wait for a job that has failed', async () => {
    cluster.objects.set(job, condition('Failed', 'True'));
    const step = wait({ apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', condition: 'Complete' });
    await expect(step.run()).rejects.toThrow('It has failed: Because');
  });

  it('is planned, settled by looking again, and has nothing to take back', async () => {
    expect((await wait().plan()).calls).toMatchObject([{ target: 'prod' }]);
    expect(await wait().settle()).toBe('not-done');
    expect(wait().missing()).toBeNull();
    expect(cluster.asked).toEqual([]);
  });
});
