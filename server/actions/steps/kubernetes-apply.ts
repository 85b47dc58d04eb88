/** `kubernetes:apply`: objects of a manifest, applied by the cluster itself. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction, StepContext, Values } from '../step-action.ts';
import {
  clusterInput,
  clusterNameOf,
  connectCluster,
  type KubernetesApi,
  missingCluster,
  type ObjectName,
} from './kubernetes-api.ts';
import { type Manifest, readManifests } from './kubernetes-manifest.ts';
import { markOf } from './made-mark.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';

const input = z.object({
  ...clusterInput,
  manifest: z
    .union([z.string(), z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))])
    .optional()
    .describe('One or more objects, as YAML or as they are'),
  manifestPath: z.string().optional().describe('File in the workspace, or a folder of .yaml and .json files'),
  namespace: z.string().optional().describe('Of objects that name none'),
  namespaced: z.boolean().optional().describe('Of no effect: the cluster knows'),
  force: z.boolean().default(false).describe('Whether fields that somebody else manages are taken over'),
});
type Input = z.output<typeof input>;

const applied = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  made: z.boolean().describe('It was not there before'),
});
const output = z.object({ objects: z.array(applied) });

/** On an object that did not exist before: which step made it. */
const MADE_BY = 'atrium/made-by';

export function kubernetesApply(deps: OutsideStepDeps): OutsideAction[] {
  return defineOutside({
    id: 'kubernetes:apply',
    aliases: ['kube:apply'],
    description: 'Applies a manifest to a Kubernetes cluster.',
    input,
    output,
    missing: missingCluster(deps.config),
    async plan(given, { workspace }) {
      const cluster = clusterNameOf(deps.config, given);
      const manifests = await readManifests(workspace, given.manifest, given.manifestPath);
      const calls = manifests.map((manifest) => {
        const { kind, name, namespace = null, apiVersion } = nameOf(manifest, given);
        return {
          summary: `Apply the ${kind} ${name} to ${cluster}`,
          target: cluster,
          detail: { apiVersion, namespace },
        };
      });
      return {
        calls,
        output: { objects: manifests.map((one) => ({ ...nameOf(one, given), uid: '', made: true })) },
      };
    },
    async run(given, context) {
      const api = connectCluster(deps, given, context);
      const manifests = await readManifests(context.workspace, given.manifest, given.manifestPath);
      const objects = [];
      for (const manifest of manifests)
        objects.push(await applyOne(api, manifest, manifests, given, context));
      return { output: { objects } };
    },
    async settle(given, context) {
      const api = connectCluster(deps, given, context);
      const objects = [];
      for (const manifest of await readManifests(context.workspace, given.manifest, given.manifestPath)) {
        const name = nameOf(manifest, given);
        const path = await api.pathOf(name);
        const found = path === undefined ? undefined : await api.read(path);
        // What was there before shows nothing; applying it again does no harm.
        if (!found || !isOwn(found.metadata, context.key)) return 'not-done';
        objects.push({ ...name, uid: found.metadata.uid, made: true });
      }
      return { output: { objects } };
    },
    undo: {
      summary: 'Deletes the objects that it made; those that it changed stay as they are',
      async run(given, context, done) {
        await takeBack(connectCluster(deps, given, context), done, context);
        return undefined;
      },
    },
  });
}

function nameOf({ apiVersion, kind, metadata }: Manifest, { namespace: usual }: Input): ObjectName {
  const namespace = metadata.namespace ?? usual;
  return { apiVersion, kind, name: metadata.name, ...(namespace !== undefined && { namespace }) };
}

const isOwn = ({ annotations }: { annotations?: Record<string, string> | undefined }, key: string) =>
  annotations?.[MADE_BY] === markOf(key);

async function applyOne(
  api: KubernetesApi,
  manifest: Manifest,
  all: readonly Manifest[],
  given: Input,
  { key, log }: StepContext,
): Promise<z.input<typeof applied>> {
  const name = nameOf(manifest, given);
  const path = (await api.pathOf(name)) ?? unknownKind(name, all);
  const before = await api.read(path);
  const made = !before || isOwn(before.metadata, key);
  const annotations = { ...manifest.metadata.annotations, ...(made && { [MADE_BY]: markOf(key) }) };
  const { namespace } = name;
  const metadata = { ...manifest.metadata, annotations, ...(namespace !== undefined && { namespace }) };
  // A field that the cluster does not know for this kind would be refused.
  if (!path.includes('/namespaces/') || name.kind === 'Namespace') delete metadata.namespace;
  const { uid } = (await api.apply(path, { ...manifest, metadata }, given.force)).metadata;
  log.info(`${name.kind} ${name.name} is ${made ? 'made' : 'changed'}`);
  return { ...name, uid, made };
}

function unknownKind({ apiVersion, kind }: ObjectName, all: readonly Manifest[]): never {
  const words = `The cluster has no kind ${kind} of ${apiVersion}`;
  const isDefinedHere = all.some((one) => one.kind === 'CustomResourceDefinition');
  // The definition takes a moment to come into force.
  throw new AtriumError(isDefinedHere ? 'OUTSIDE_UNAVAILABLE' : 'STEP_FAILED', words);
}

async function takeBack(api: KubernetesApi, done: Values, { key, log }: StepContext): Promise<void> {
  const { objects } = output.catch({ objects: [] }).parse(done);
  for (const one of objects.toReversed()) {
    const path = await api.pathOf(one);
    const found = path === undefined ? undefined : await api.read(path);
    if (path === undefined || !found) continue;
    if (one.made && isOwn(found.metadata, key)) await api.remove(path, found.metadata.uid);
    else log.warn(`${one.kind} ${one.name} was there before, or was changed since, and stays`);
  }
}
