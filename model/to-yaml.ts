import { Document, isMap, isScalar, type Node, type Pair, YAMLMap } from 'yaml';
import { DEFAULT_NAMESPACE, type Entity } from './entity.ts';

export interface DescriptorYamlOptions {
  /** Comments by dotted path, written behind the field: `{ 'spec.owner': 'guessed from CODEOWNERS' }`. */
  notes?: Record<string, string>;
}

const rootOrder = ['apiVersion', 'kind', 'metadata', 'spec'];
const metadataOrder = ['namespace', 'name', 'title', 'description', 'labels', 'annotations', 'tags', 'links'];
const specOrder = ['type', 'lifecycle', 'owner', 'system', 'domain', 'subcomponentOf', 'subdomainOf'];

/** Set by a catalog, never by an author. */
const outputOnly = new Set(['uid', 'etag']);

/**
 * Writes a descriptor that a person may commit: known keys first and in the usual order, what only a
 * catalog sets left out. The same entity always gives the same text.
 */
export function toDescriptorYaml(entity: Entity, options: DescriptorYamlOptions = {}): string {
  const metadata = Object.fromEntries(
    Object.entries(entity.metadata).filter(
      ([key, value]) => !outputOnly.has(key) && !(key === 'namespace' && value === DEFAULT_NAMESPACE),
    ),
  );
  const root = inOrder(
    {
      apiVersion: entity.apiVersion,
      kind: entity.kind,
      metadata: inOrder(metadata, metadataOrder),
      ...(entity.spec && { spec: inOrder(entity.spec, specOrder) }),
    },
    rootOrder,
  );
  const document = new Document(root, { aliasDuplicateObjects: false });
  for (const [path, note] of Object.entries(options.notes ?? {})) addNote(document, path, note);
  return document.toString({ lineWidth: 0 });
}

/** Known keys first; the others behind them as they came. Undefined values are dropped. */
function inOrder(value: Record<string, unknown>, order: string[]): Record<string, unknown> {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  const known = order.filter((key) => keys.includes(key));
  const others = keys.filter((key) => !order.includes(key));
  return Object.fromEntries([...known, ...others].map((key) => [key, value[key]]));
}

function addNote(document: Document, path: string, note: string): void {
  const comment = ` ${note.replace(/\s+/g, ' ').trim()}`;
  const pair = findPair(document.contents, path);
  if (!pair) return;
  if (isScalar(pair.value) && !/\n/.test(String(pair.value.value))) pair.value.comment = comment;
  else if (isNode(pair.key)) pair.key.commentBefore = comment;
}

/** Finds the pair at a dotted path whose keys may hold dots themselves (annotations). */
function findPair(node: unknown, path: string): Pair | undefined {
  if (!isMap(node)) return undefined;
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    if (key === path) return pair;
    if (key && path.startsWith(`${key}.`)) {
      const inner = findPair(pair.value, path.slice(key.length + 1));
      if (inner) return inner;
    }
  }
  return undefined;
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || value instanceof YAMLMap;
}
