import type { DependencyFinding, Finding, ResourceFinding, Tree } from '../detector.ts';
import { settingHosts } from './addresses.ts';
import { imageName, imageType, isHelperImage } from './images.ts';
import { dig, type Fields, fields, isFields, list, text } from './parse.ts';

/** A workload whose image isn't a known kind of software: a component here or elsewhere, or someone's product. */
export const WORKLOAD = 'workload';
/** A workload that means something only beside its source; without it, it is left out. */
export const OF_SOURCE = 'workload-of-source';
/** A run that ends: another name for what it runs, and nothing by itself. */
export const JOB = 'job';

const LASTING = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Rollout',
  'DeploymentConfig',
]);
const PASSING = new Set(['Job', 'CronJob', 'Pod']);

/** A document of a manifest and the file it came from. */
export interface ManifestDoc {
  path: string;
  doc: Fields;
}

interface Cluster {
  services: { name: string; selector: [string, string][] }[];
  config: Map<string, Fields[]>;
}

/** Workloads, and what their settings point at, in a set of manifests that are applied together. */
export function readWorkloads(tree: Tree, docs: readonly ManifestDoc[]): Finding[] {
  // The plainest folder first: variants and overlays lie deeper than what they vary.
  const ordered = [...docs].sort((a, b) => depth(a.path) - depth(b.path));
  const cluster = readCluster(ordered);
  return ordered.flatMap(({ path, doc }) => {
    const kind = text(doc.kind) ?? '';
    const name = text(dig(doc, 'metadata', 'name'))?.replace(/[^A-Za-z0-9]+$/, '');
    if (!name || !(LASTING.has(kind) || PASSING.has(kind))) return [];
    return readWorkload(tree, path, doc, name, LASTING.has(kind), cluster);
  });
}

function depth(path: string): number {
  return path.split('/').length;
}

function readCluster(docs: readonly ManifestDoc[]): Cluster {
  const cluster: Cluster = { services: [], config: new Map() };
  for (const { doc } of docs) {
    const name = text(dig(doc, 'metadata', 'name'));
    if (name === undefined) continue;
    if (doc.kind === 'Service') {
      const selector = Object.entries(fields(dig(doc, 'spec', 'selector'))).map(
        ([key, value]): [string, string] => [key, String(value)],
      );
      if (selector.length > 0) cluster.services.push({ name, selector });
    }
    if (doc.kind === 'ConfigMap' || doc.kind === 'Secret') {
      const data = { ...fields(doc.data), ...fields(doc.stringData) };
      cluster.config.set(name, [...(cluster.config.get(name) ?? []), data]);
    }
  }
  return cluster;
}

function podOf(doc: Fields): Fields {
  if (doc.kind === 'Pod') return doc;
  const template =
    doc.kind === 'CronJob'
      ? dig(doc, 'spec', 'jobTemplate', 'spec', 'template')
      : dig(doc, 'spec', 'template');
  return fields(template);
}

function readWorkload(
  tree: Tree,
  path: string,
  doc: Fields,
  name: string,
  lasting: boolean,
  cluster: Cluster,
): Finding[] {
  const pod = podOf(doc);
  const containers = list(dig(pod, 'spec', 'containers')).filter(isFields);
  const images = containers.flatMap((container) => text(container.image) ?? []);
  // A patch names a workload of another file and holds no image of its own.
  const image = images.find((one) => imageName(one) !== '' && !isHelperImage(one));
  if (image === undefined) return [];
  const labels = fields(dig(pod, 'metadata', 'labels'));
  const services = cluster.services.filter(({ selector }) =>
    selector.every(([key, value]) => String(labels[key]) === value),
  );
  const place = tree.place(path);
  const workload: ResourceFinding = {
    what: 'resource',
    name,
    type: lasting ? (imageType(image) ?? WORKLOAD) : JOB,
    aliases: [`image:${imageName(image)}`, ...services.map((service) => service.name)],
    description: `runs ${image}`,
    place,
    confidence: 'found',
  };
  const settings = containers.flatMap((container) => containerSettings(container, cluster));
  return [workload, ...settingDependencies(name, settings, path, place)];
}

type Setting = [key: string, value: string];

function containerSettings(container: Fields, cluster: Cluster): Setting[] {
  const found: Setting[] = [];
  for (const variable of list(container.env).filter(isFields)) {
    const key = text(variable.name) ?? '';
    const value = text(variable.value);
    if (value !== undefined) found.push([key, value]);
    const from = fields(
      dig(variable, 'valueFrom', 'configMapKeyRef') ?? dig(variable, 'valueFrom', 'secretKeyRef'),
    );
    for (const data of cluster.config.get(text(from.name) ?? '') ?? []) {
      const referred = text(data[text(from.key) ?? '']);
      if (referred !== undefined) found.push([key, referred]);
    }
  }
  for (const source of list(container.envFrom)) {
    const name = text(dig(source, 'configMapRef', 'name')) ?? text(dig(source, 'secretRef', 'name')) ?? '';
    for (const data of cluster.config.get(name) ?? []) {
      for (const [key, value] of Object.entries(data)) {
        const plain = text(value);
        if (plain !== undefined) found.push([key, plain]);
      }
    }
  }
  return [...found, ...argumentSettings([...list(container.command), ...list(container.args)])];
}

/** `--backend-url=http://backend:9898` and `--redis redis:6379` are settings too. */
export function argumentSettings(args: readonly unknown[]): Setting[] {
  return args.flatMap((argument): Setting[] => {
    const value = text(argument);
    if (value === undefined || value.length > 500) return [];
    const option = /^--?([\w.-]+)=(.+)$/.exec(value);
    return option?.[1] && option[2] ? [[option[1], option[2]]] : [['', value]];
  });
}

export function settingDependencies(
  from: string,
  settings: readonly Setting[],
  path: string,
  place: DependencyFinding['place'],
): DependencyFinding[] {
  const seen = new Set<string>();
  return settings.flatMap(([key, value]) =>
    settingHosts(key, value).flatMap(({ host, protocol }): DependencyFinding[] => {
      if (seen.has(host) || host === from) return [];
      seen.add(host);
      const via = key === '' ? `an argument in ${path}` : `setting ${key} in ${path}`;
      const finding: DependencyFinding = {
        what: 'dependency',
        from: { name: from },
        to: host,
        via,
        place,
        confidence: 'found',
      };
      return [protocol ? { ...finding, protocol } : finding];
    }),
  );
}
