import type { Confidence, Place } from '#model/contribution.ts';
import type { DependencyFinding } from '../detector.ts';
import { nameKey } from '../reading/names.ts';
import { WORKLOAD } from '../reading/workloads.ts';
import type { RepositoryInventory } from './inventory.ts';

export interface EstateRef {
  repository: string;
  name: string;
  what: 'component' | 'resource' | 'api';
}

export interface ResolvedDependency {
  from: EstateRef;
  to: EstateRef;
  via: string;
  place: Place;
  confidence: Confidence;
}

interface Target extends EstateRef {
  /** 0 is the best claim to a key: a component's own name before an alias, a resource's, a mere workload's. */
  claim: number;
}

type Index = Map<string, Target[]>;

/** Finds who is meant by the names that the repositories' findings point at. What nobody here is called is outside. */
export function resolveDependencies(inventories: RepositoryInventory[]): ResolvedDependency[] {
  const index = indexOf(inventories);
  const resolved = new Map<string, ResolvedDependency>();
  const add = (dependency: ResolvedDependency): void => {
    const { from, to } = dependency;
    const key = [from.repository, from.name, from.what, to.repository, to.name, to.what].join('\n');
    if (!resolved.has(key)) resolved.set(key, dependency);
  };
  for (const inventory of inventories) {
    for (const finding of inventory.dependencies) {
      const dependency = resolve(finding, inventory.repository, index);
      if (dependency) add(dependency);
    }
    for (const dependency of consumedApis(inventory)) add(dependency);
  }
  return [...resolved.values()];
}

function resolve(
  finding: DependencyFinding,
  repository: string,
  index: Index,
): ResolvedDependency | undefined {
  const name = 'name' in finding.from ? finding.from.name : undefined;
  const from =
    name === undefined ? undefined : (ownName(name, repository, index) ?? lookUp(name, repository, index));
  const to = lookUp(finding.to, repository, index);
  if (!from || !to || (from.repository === to.repository && from.name === to.name && from.what === to.what))
    return undefined;
  // A resource's own settings say how it is run with others, not what the estate depends on.
  if (from.what === 'resource' && to.what === 'component') return undefined;
  return {
    from: bare(from),
    to: bare(to),
    via: finding.via,
    place: finding.place,
    confidence: finding.confidence,
  };
}

function ownName(name: string, repository: string, index: Index): Target | undefined {
  return index
    .get(nameKey(name))
    ?.find((one) => one.repository === repository && one.what === 'component' && one.name === name);
}

function bare({ repository, name, what }: Target): EstateRef {
  return { repository, name, what };
}

function indexOf(inventories: readonly RepositoryInventory[]): Index {
  const index: Index = new Map();
  const put = (key: string, target: Target): void => {
    const known = index.get(nameKey(key));
    if (known) known.push(target);
    else index.set(nameKey(key), [target]);
  };
  for (const { repository, components, resources } of inventories) {
    for (const { name, aliases, folder, type } of components) {
      // No address leads to a library: its packages' names, which say their ecosystem, are how it is used.
      const claim = type === 'library' ? 3 : 0;
      put(name, { repository, name, what: 'component', claim });
      put(`folder:${folder}`, { repository, name, what: 'component', claim: 0 });
      for (const alias of aliases) {
        put(alias, { repository, name, what: 'component', claim: alias.includes(':') ? 1 : claim + 1 });
      }
    }
    for (const { name, aliases, type } of resources) {
      const claim = type === WORKLOAD ? 5 : 2;
      put(name, { repository, name, what: 'resource', claim });
      for (const alias of aliases) put(alias, { repository, name, what: 'resource', claim: claim + 1 });
    }
  }
  return index;
}

/** The best claim in the same repository, else the best in the estate; two equal claims settle nothing. */
function lookUp(key: string, repository: string, index: Index): Target | undefined {
  const all = index.get(nameKey(key)) ?? [];
  const here = best(all.filter((target) => target.repository === repository));
  if (here && here.claim < 5) return here;
  return best(all.filter((target) => target.claim < 5)) ?? here;
}

function best(targets: readonly Target[]): Target | undefined {
  const claim = Math.min(...targets.map((target) => target.claim));
  const top = targets.filter((target) => target.claim === claim);
  const first = top[0];
  return first && top.every((target) => target.name === first.name && target.repository === first.repository)
    ? first
    : undefined;
}

function consumedApis({ repository, components, apis }: RepositoryInventory): ResolvedDependency[] {
  return components.flatMap((component) =>
    component.consumes.flatMap((name): ResolvedDependency[] => {
      const api = apis.find((one) => one.name === name);
      if (!api) return [];
      return [
        {
          from: { repository, name: component.name, what: 'component' },
          to: { repository, name, what: 'api' },
          via: `generated client of ${name}`,
          place: component.place,
          confidence: 'found',
        },
      ];
    }),
  );
}
