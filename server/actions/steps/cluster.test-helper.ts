/** A Kubernetes API server on this machine, as far as discovery, server-side apply and deletion go. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret } from '../../kernel/secret.ts';
import type { Values } from '../step-action.ts';
import { depsOf, serve, type TestServer, TOKEN, token } from './outside.test-helper.ts';
import { dispatch, found, type Routes } from './routes.test-helper.ts';
import { newFolder } from './step.test-helper.ts';

export interface ClusterObject extends Values {
  metadata: Values & { uid: string; annotations?: Record<string, string> };
}

export interface TestCluster extends TestServer {
  /** By their path. */
  objects: Map<string, ClusterObject>;
  deps: ReturnType<typeof depsOf>;
}

const resources: Record<string, unknown[]> = {
  '/api/v1': [
    { name: 'namespaces', kind: 'Namespace', namespaced: false },
    { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
    { name: 'pods', kind: 'Pod', namespaced: true },
  ],
  '/apis/apps/v1': [
    { name: 'deployments', kind: 'Deployment', namespaced: true },
    { name: 'deployments/scale', kind: 'Scale', namespaced: true },
  ],
  '/apis/batch/v1': [{ name: 'jobs', kind: 'Job', namespaced: true }],
  '/apis/apiextensions.k8s.io/v1': [
    { name: 'customresourcedefinitions', kind: 'CustomResourceDefinition', namespaced: false },
  ],
};

export async function serveCluster(tls?: { key: string; cert: string; ca: string }): Promise<TestCluster> {
  const objects: TestCluster['objects'] = new Map();
  let made = 0;
  const routes: Routes = {
    'PATCH :rest': ([path = ''], { body, query, headers }) => {
      if (headers['content-type'] !== 'application/apply-patch+yaml') return { status: 415 };
      const before = objects.get(path);
      if (before?.manager === 'somebody' && query.get('force') !== 'true') {
        const message = 'Apply failed with 1 conflict: conflict with "somebody": .data.a';
        return { status: 409, body: { kind: 'Status', message } };
      }
      const uid = before?.metadata.uid ?? `uid-${++made}`;
      const object = { ...before, ...body, manager: query.get('fieldManager') };
      const whole = { ...object, metadata: { ...(body.metadata as Values), uid } };
      objects.set(path, whole);
      return { status: before ? 200 : 201, body: whole };
    },
    'GET :rest': ([path = '']) =>
      found(resources[path] ? { kind: 'APIResourceList', resources: resources[path] } : objects.get(path)),
    'DELETE :rest': ([path = ''], { body }) => {
      const { uid } = body.preconditions as { uid: string };
      if (objects.get(path)?.metadata.uid !== uid) return { status: 409, body: { message: 'uid differs' } };
      objects.delete(path);
      return found({ kind: 'Status', status: 'Success' });
    },
  };
  const server = await serve(
    (asked) =>
      asked.headers.authorization === `Bearer ${TOKEN}`
        ? dispatch(routes, asked)
        : { status: 401, body: { kind: 'Status', message: 'Unauthorized' } },
    tls,
  );
  const ca = tls && new Secret(tls.ca);
  const clusters = [{ name: 'prod', server: server.url, token, ...(ca && { ca }) }];
  return { ...server, objects, deps: depsOf({ clusters }) };
}

/** A certificate that nobody but itself vouches for. */
export function ownCertificate(): { key: string; cert: string; ca: string } {
  const folder = newFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const names = ['-subj', '/CN=cluster', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
  ];
  execFileSync('openssl', [...kind, ...names, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  const pem = readFileSync(cert, 'utf8');
  return { key: readFileSync(key, 'utf8'), cert: pem, ca: pem };
}
