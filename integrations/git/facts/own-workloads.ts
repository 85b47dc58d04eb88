/** The workloads of Kubernetes that run a component, wherever in the repository they are declared. */
import type { Tree } from '../detector.ts';
import { imageName, imageType } from '../reading/images.ts';
import { looseKey } from '../reading/names.ts';
import { dig, type Fields, fields, isFields, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { baseOf } from '../reading/paths.ts';
import { isBorrowed, MOST_READ } from './bounds.ts';
import type { Scope } from './collector.ts';
import { ownFiles } from './own-files.ts';

export interface WorkloadFile {
  path: string;
  source: string;
  /** Of the workload that is meant; all of the file when undefined. */
  name: string | undefined;
  /** Templates and values of charts can't be read as workloads. */
  isTemplate: boolean;
}

const MANIFEST = /\.ya?ml$/i;

/** Its own manifests, and those elsewhere that may name it. */
export function workloadFiles(scope: Scope): WorkloadFile[] {
  const { tree, folder } = scope;
  const own = ownFiles(scope);
  const name = looseKey(baseOf(folder));
  const isOwn = new Set(own);
  const elsewhere = name === '' ? [] : tree.files.filter((path) => MANIFEST.test(path) && !isOwn.has(path));
  const isNamed = (path: string) => looseKey(path).includes(name);
  const files = [
    ...own.filter((path) => MANIFEST.test(path)),
    ...elsewhere.filter(isNamed),
    ...elsewhere.filter((path) => !isNamed(path)),
  ];
  return files
    .filter((path) => !isBorrowed(path))
    .slice(0, MOST_READ)
    .flatMap((path) => fileAt(tree, path, isOwn.has(path) ? undefined : name));
}

function fileAt(tree: Tree, path: string, name: string | undefined): WorkloadFile[] {
  const source = tree.read(path) ?? '';
  const isTemplate = source.includes('{{') || !/^kind:/m.test(source);
  const isMeant = !isTemplate || name === undefined || isNamedAs(path, name);
  return isMeant ? [{ path, source, name, isTemplate }] : [];
}

function isNamedAs(path: string, name: string): boolean {
  return path.split('/').some((part) => looseKey(part.replace(/\.ya?ml$/i, '')) === name);
}

export interface Workload {
  pod: Fields;
  /** Those with code of one's own: a database beside it is none. */
  containers: Fields[];
}

/** None for templates. */
export function workloadsIn(tree: Tree, { path, name, isTemplate }: WorkloadFile): Workload[] {
  if (isTemplate) return [];
  const docs = (parsed(tree, path, parseYaml) ?? []).filter(isFields);
  return docs
    .flatMap((doc) => (doc.kind === 'List' ? list(doc.items).filter(isFields) : [doc]))
    .flatMap((doc) => workloadOf(doc, name));
}

function workloadOf(doc: Fields, name: string | undefined): Workload[] {
  const pod = dig(doc, 'spec', 'template', 'spec') ?? dig(doc, 'spec');
  const containers = list(dig(pod, 'containers')).filter(isFields);
  const images = containers.map((one) => imageName(text(one.image) ?? ''));
  const labels = fields(dig(doc, 'metadata', 'labels'));
  const names = [dig(doc, 'metadata', 'name'), labels.app, labels['app.kubernetes.io/name'], ...images];
  if (name !== undefined && !names.some((one) => looseKey(text(one) ?? '') === name)) return [];
  const own = containers.filter((one) => imageType(text(one.image) ?? '') === undefined);
  return own.length === 0 ? [] : [{ pod: fields(pod), containers: own }];
}
