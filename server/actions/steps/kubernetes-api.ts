/** The API of a Kubernetes cluster: where objects of a kind are, and how they are applied. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { ActionsConfig } from '../../kernel/actions-config.ts';
import type { StepContext } from '../step-action.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { Rest } from './rest.ts';

export interface ObjectName {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string | undefined;
}

export const objectShape = z.looseObject({
  metadata: z.looseObject({
    uid: z.string(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});
const resourcesShape = z.looseObject({
  resources: z.array(z.looseObject({ name: z.string(), kind: z.string(), namespaced: z.boolean() })),
});
type Resources = z.output<typeof resourcesShape>['resources'];

/** Who manages what is applied, as the cluster keeps it. */
const MANAGER = 'atrium';

export const clusterInput = {
  cluster: z.string().optional().describe('Name of a configured cluster; the only one when absent'),
  clusterName: z.string().optional().describe('Other name of cluster'),
  token: z
    .union([z.string(), z.literal(false)])
    .optional()
    .describe('Used instead of the token that is configured for the cluster'),
};

export const missingCluster = (config: ActionsConfig) => () =>
  config.clusters.length > 0 ? null : whatToSet('NAME');

function whatToSet(name: string): string {
  const entry = `{ name: ${name}, server: https://…, token: { env: KUBERNETES_TOKEN } }`;
  return `The Kubernetes cluster ${name} is not configured: add ${entry} to actions.clusters in the configuration file`;
}

interface ClusterInput {
  cluster?: string | undefined;
  clusterName?: string | undefined;
  token?: string | false | undefined;
}

export function clusterNameOf(config: ActionsConfig, { cluster, clusterName }: ClusterInput): string {
  const [only, ...others] = config.clusters;
  const asked = cluster ?? clusterName;
  if (asked !== undefined) return asked;
  if (only && others.length === 0) return only.name;
  if (!only) throw new AtriumError('STEP_FAILED', whatToSet('NAME'));
  const names = config.clusters.map(({ name }) => name).join(', ');
  throw new AtriumError('STEP_FAILED', `cluster has to say which of the clusters is meant: ${names}`);
}

/** @throws {AtriumError} STEP_FAILED when the cluster is not configured. */
export function connectCluster(
  { config, fetch }: Pick<OutsideStepDeps, 'config' | 'fetch'>,
  input: ClusterInput,
  { signal }: Pick<StepContext, 'signal'>,
): KubernetesApi {
  const name = clusterNameOf(config, input);
  const cluster = config.clusters.find((one) => one.name === name);
  if (!cluster) throw new AtriumError('STEP_FAILED', whatToSet(name));
  const target = {
    name: `the cluster ${name}`,
    base: cluster.server.replace(/\/+$/, ''),
    headers: { authorization: `Bearer ${input.token || cluster.token.reveal()}` },
    ca: cluster.ca?.reveal(),
  };
  return new KubernetesApi(new Rest(fetch, target, signal));
}

export class KubernetesApi {
  readonly #rest: Rest;
  readonly #resources = new Map<string, Resources>();

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** @returns undefined when the cluster has no such kind. */
  async pathOf({ apiVersion, kind, name, namespace = 'default' }: ObjectName): Promise<string | undefined> {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.#resourcesOf(root)).find(
      (one) => one.kind === kind && !one.name.includes('/'),
    );
    if (!resource) return undefined;
    const place = resource.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : '';
    return `${root}${place}/${resource.name}/${encodeURIComponent(name)}`;
  }

  async #resourcesOf(root: string): Promise<Resources> {
    const known = this.#resources.get(root);
    if (known) return known;
    const found = (await this.#rest.find(resourcesShape, root))?.resources ?? [];
    // A kind that an object of the same manifest defines comes a moment later.
    if (found.length > 0) this.#resources.set(root, found);
    return found;
  }

  read(path: string): Promise<z.output<typeof objectShape> | undefined> {
    return this.#rest.find(objectShape, path);
  }

  /** @param force takes fields over that somebody else manages. */
  apply(path: string, object: unknown, force: boolean): Promise<z.output<typeof objectShape>> {
    return this.#rest.read(objectShape, path, {
      method: 'PATCH',
      headers: { 'content-type': 'application/apply-patch+yaml' },
      query: { fieldManager: MANAGER, force },
      // JSON is YAML.
      body: JSON.stringify(object),
    });
  }

  /** Unless it is another one of the same name by now. */
  async remove(path: string, uid: string): Promise<void> {
    const body = { preconditions: { uid }, propagationPolicy: 'Background' };
    await this.#rest.send(path, { method: 'DELETE', body, accept: [404, 409] });
  }
}
