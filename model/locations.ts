import type { Entity } from './entity.ts';

/** Where something is read from: a type, such as `url` or `file`, and a target. */
export interface LocationRef {
  type: string;
  target: string;
}

export interface LocationTargets {
  /** As written; when absent, the type of the location that the entity was read from. */
  type: string | undefined;
  /** In the order written, `target` first, without repeats; relative to the file that holds them. */
  targets: string[];
  /** False when a missing target is not an error. */
  required: boolean;
}

// Browsers pass over control characters and spaces in front of, and line breaks within, a scheme.
const scriptTarget = new RegExp(`^[\\s\\p{Cc}]*${[...'javascript'].join('[\\r\\n\\t]*')}[\\r\\n\\t]*:`, 'iu');

/**
 * Reads `type:target`, split at the first colon.
 * @throws {RangeError} when a part is empty, the type is `http` or `https`, or the target is a script.
 */
export function parseLocationRef(text: string): LocationRef {
  const colon = text.indexOf(':');
  const type = text.slice(0, Math.max(colon, 0)).trim();
  const target = text.slice(colon + 1).trim();
  if (!type || !target) {
    throw new RangeError(`"${text}" is not a location; write type:target, such as url:https://host/path`);
  }
  if (type === 'http' || type === 'https') {
    throw new RangeError(`"${text}" lacks its type; write url:${text}`);
  }
  refuseScript(target);
  return { type, target };
}

/** @throws {RangeError} when a part is empty or the target is a script. */
export function formatLocationRef({ type, target }: LocationRef): string {
  if (!type || !target) throw new RangeError('A location needs a type and a target');
  refuseScript(target);
  return `${type}:${target}`;
}

function refuseScript(target: string): void {
  if (scriptTarget.test(target)) {
    throw new RangeError(`"${target}" is a script, not a place; write an address with https://`);
  }
}

/** The targets of a `kind: Location`; undefined for other kinds. */
export function locationTargets(entity: Pick<Entity, 'kind' | 'spec'>): LocationTargets | undefined {
  if (entity.kind.toLowerCase() !== 'location') return undefined;
  const { type, target, targets, presence } = entity.spec ?? {};
  const listed: unknown[] = [target, ...(Array.isArray(targets) ? targets : [])];
  const texts = listed.filter((item): item is string => typeof item === 'string' && item !== '');
  return {
    type: typeof type === 'string' && type ? type : undefined,
    targets: [...new Set(texts)],
    required: presence !== 'optional',
  };
}

/**
 * Resolves a target against the place of the file that holds it. Absolute targets stay as they are.
 * @throws {RangeError} when the target is a script, or relative to something that has no path.
 */
export function resolveTarget(target: string, holder: LocationRef): string {
  refuseScript(target);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return target;
  if (holder.type === 'url') {
    const base = URL.parse(holder.target);
    const resolved = base ? URL.parse(target, base) : null;
    if (resolved) return resolved.href;
  } else if (holder.type === 'file') {
    return target.startsWith('/') ? target : joinPath(holder.target, target);
  }
  throw new RangeError(`"${target}" can't be resolved against ${holder.type}:${holder.target}`);
}

/** Plain path arithmetic, because this also runs where there is no `node:path`. */
function joinPath(file: string, relative: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    const last = parts.at(-1);
    if (part !== '..' || last === undefined || last === '..') parts.push(part);
    // An empty part is the root, above which there is nothing.
    else if (last !== '') parts.pop();
  }
  return parts.join('/');
}

/** Name of the Location entity that stands for a registered location: `generated-<sha1 of type:target>`. */
export async function generatedLocationName(type: string, target: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${type}:${target}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `generated-${hex}`;
}
