/** Untrusted documents are read with these: a value of the wrong shape counts as absent. */

export type Doc = Record<string, unknown>;

export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function docOf(value: unknown): Doc {
  return isDoc(value) ? value : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const MAX_HOPS = 20;

/** Follows local `$ref`s; one that leads elsewhere or in a circle stays as it is. */
export function resolve(root: Doc, value: unknown): Doc {
  let current = docOf(value);
  for (let hop = 0; hop < MAX_HOPS && typeof current.$ref === 'string'; hop += 1) {
    const target = pointer(root, current.$ref);
    if (!isDoc(target)) return current;
    current = target;
  }
  return current;
}

function pointer(root: Doc, ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined;
  let value: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value =
      isDoc(value) && Object.hasOwn(value, key)
        ? value[key]
        : Array.isArray(value)
          ? value[Number(key)]
          : undefined;
  }
  return value;
}

/** The last part of a ref, which is what people call the type. */
export function refTitle(value: unknown): string {
  const ref = docOf(value).$ref;
  return typeof ref === 'string' ? (ref.split('/').at(-1) ?? '') : '';
}
