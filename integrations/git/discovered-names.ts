/** Decides under which ref each discovered thing stands, so that it meets its own descriptor and no other's. */
import { posix } from 'node:path';
import { DEFAULT_NAMESPACE } from '#model/entity.ts';
import { formatRef } from '#model/ref.ts';
import type { RepositoryInventory } from './assemble.ts';
import type { Declared } from './part.ts';

export type What = 'component' | 'api' | 'resource';

export interface DiscoverySource {
  /** The repository's key; its inventory is named by it as well. */
  key: string;
  /** The repository's own name, for telling equal names apart. */
  name: string;
  slug: string | undefined;
  inventory: RepositoryInventory;
  declared: readonly Declared[];
}

export interface Identity {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  /** A descriptor speaks of it too. */
  declared: boolean;
}

export type Identities = (repository: string, what: What, name: string) => Identity | undefined;

const KINDS: Record<What, string> = { component: 'Component', api: 'API', resource: 'Resource' };

interface Thing {
  source: DiscoverySource;
  what: What;
  name: string;
  folder: string | undefined;
}

export function identify(sources: readonly DiscoverySource[], declared: readonly Declared[]): Identities {
  const found = new Map<string, Identity>();
  const things = sources.flatMap(thingsOf).sort(byClaim);
  const taken = new Set<string>();
  const settle = (thing: Thing, identity: Identity) => {
    taken.add(identity.ref);
    found.set(keyOf(thing.source.key, thing.what, thing.name), identity);
  };
  for (const match of [matchFolder, matchName, (thing: Thing) => matchElsewhere(thing, declared)]) {
    for (const thing of things) {
      if (found.has(keyOf(thing.source.key, thing.what, thing.name))) continue;
      const descriptor = match(thing);
      if (descriptor && !taken.has(descriptor.ref)) settle(thing, { ...descriptor, declared: true });
    }
  }
  for (const { ref } of declared) taken.add(ref);
  for (const thing of things) {
    if (found.has(keyOf(thing.source.key, thing.what, thing.name))) continue;
    settle(thing, freeIdentity(thing, taken));
  }
  return (repository, what, name) => found.get(keyOf(repository, what, name));
}

const keyOf = (repository: string, what: What, name: string) => `${repository}\n${what}\n${name}`;

function thingsOf(source: DiscoverySource): Thing[] {
  const { components, apis, resources } = source.inventory;
  return [
    ...components.map(({ name, folder }) => ({ source, what: 'component' as const, name, folder })),
    ...apis.map(({ name }) => ({ source, what: 'api' as const, name, folder: undefined })),
    ...resources.map(({ name }) => ({ source, what: 'resource' as const, name, folder: undefined })),
  ];
}

/** What makes up a whole repository has the best claim to a plain name. */
function byClaim(a: Thing, b: Thing): number {
  const rank = ({ folder }: Thing) => (folder === '' ? 0 : 1);
  return rank(a) - rank(b) || compare(a.source.key, b.source.key) || compare(a.name, b.name);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const isKind = (declared: Declared, what: What) => declared.kind.toLowerCase() === what;

const isNamed = (declared: Declared, name: string) => declared.name.toLowerCase() === name.toLowerCase();

/** A descriptor that lies in the component's folder and describes one component means this one. */
function matchFolder({ source, what, folder }: Thing): Declared | undefined {
  if (what !== 'component' || folder === undefined) return undefined;
  const here = source.declared.filter(
    (one) => isKind(one, what) && posix.dirname(one.path) === (folder === '' ? '.' : folder),
  );
  return here.length === 1 ? here[0] : undefined;
}

function matchName({ source, what, name }: Thing): Declared | undefined {
  return source.declared.find((one) => isKind(one, what) && isNamed(one, name));
}

/**
 * Many keep all descriptors in one repository. An equal name means the same thing there, unless the
 * descriptor says that its source is elsewhere.
 */
function matchElsewhere({ source, what, name }: Thing, declared: readonly Declared[]): Declared | undefined {
  const same = declared.filter((one) => isKind(one, what) && isNamed(one, name));
  return same.find(({ slug }) => slug === undefined || slug.toLowerCase() === source.slug?.toLowerCase());
}

function freeIdentity({ source, what, name }: Thing, taken: ReadonlySet<string>): Identity {
  const kind = KINDS[what];
  const namespace = DEFAULT_NAMESPACE;
  const candidates = [name, `${source.name}-${name}`, `${source.key.replaceAll('/', '-')}-${name}`];
  for (let round = 0; ; round++) {
    const wish = candidates[round] ?? `${source.name}-${name}-${round}`;
    const candidate = toName(wish);
    const ref = formatRef({ kind, namespace, name: candidate });
    if (!taken.has(ref)) return { ref, kind, namespace, name: candidate, declared: false };
  }
}

/** Makes a valid name of what a manifest says. */
export function toName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return name.slice(-63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '') || 'unnamed';
}
