import { type EntityRefParts, parseRef } from '#model/ref.ts';

/** Like parseRef, for refs that come from outside and may be malformed. */
export function readRef(ref: string): EntityRefParts {
  try {
    return parseRef(ref, { kind: 'component' });
  } catch {
    return { kind: 'unknown', namespace: 'default', name: ref };
  }
}

/** The page of an entity. */
export function entityPath(ref: string): string {
  const { kind, namespace, name } = readRef(ref);
  return `/catalog/${encodeURIComponent(namespace)}/${encodeURIComponent(kind)}/${encodeURIComponent(name)}`;
}

/** The name as people say it: with its namespace only where that is not the default one. */
export function refName(ref: string): string {
  const { namespace, name } = readRef(ref);
  return namespace === 'default' ? name : `${namespace}/${name}`;
}
