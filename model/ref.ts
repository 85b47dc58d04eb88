import { DEFAULT_NAMESPACE, type Entity } from './entity.ts';

/** The three parts of an entity ref, in the case in which they were written. */
export interface EntityRefParts {
  kind: string;
  namespace: string;
  name: string;
}

export interface RefDefaults {
  kind?: string | undefined;
  namespace?: string | undefined;
}

/**
 * Reads `[kind:][namespace/]name`. A colon behind the first slash belongs to the name.
 * @throws {RangeError} when a delimited part is empty or the kind is missing and has no default.
 */
export function parseRef(text: string, defaults: RefDefaults = {}): EntityRefParts {
  const slash = text.indexOf('/');
  const firstColon = text.indexOf(':');
  const colon = slash !== -1 && slash < firstColon ? -1 : firstColon;
  const kind = colon === -1 ? defaults.kind : text.slice(0, colon);
  const namespace = slash === -1 ? (defaults.namespace ?? DEFAULT_NAMESPACE) : text.slice(colon + 1, slash);
  const name = text.slice(Math.max(colon, slash) + 1);
  if (kind === undefined) {
    throw new RangeError(`"${text}" does not say its kind; write kind:${namespace}/${name || 'name'}`);
  }
  if (!kind || !namespace || !name) {
    throw new RangeError(`"${text}" is not an entity ref; write [kind:][namespace/]name without empty parts`);
  }
  return { kind, namespace, name };
}

/** The canonical form: `kind:namespace/name`, lower-cased. Refs are compared in this form only. */
export function formatRef({ kind, namespace, name }: EntityRefParts): string {
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

export function refOf(entity: Pick<Entity, 'kind' | 'metadata'>): string {
  return formatRef({
    kind: entity.kind,
    namespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE,
    name: entity.metadata.name,
  });
}

/** Parses and canonicalises in one step. @throws {RangeError} as parseRef does. */
export function canonicalRef(text: string, defaults?: RefDefaults): string {
  return formatRef(parseRef(text, defaults));
}
