/** What is written for one discovered thing while its parts come together. */
import type { Confidence, Contribution, Place } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import type { ResolvedDependency } from './assemble.ts';
import type { DiscoverySource, Identities, Identity } from './discovered-names.ts';
import type { ObservedFolder } from './facts/observe.ts';
import type { FolderHistory } from './history.ts';
import type { RepositoryPlace } from './remote-links.ts';

export interface DiscoveredRepository extends DiscoverySource {
  place: RepositoryPlace;
  history: ReadonlyMap<string, FolderHistory>;
  observed: readonly ObservedFolder[];
}

type Fields = NonNullable<Contribution['fields']>;

export interface Draft {
  repository: DiscoveredRepository;
  identity: Identity;
  entity: Entity;
  spec: Record<string, unknown>;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  fields: Fields;
  place: Place;
  confidence: Confidence;
}

/** What the thing needs, and by which signs that was seen. */
export function addDependencies(
  draft: Draft,
  dependencies: readonly ResolvedDependency[],
  identities: Identities,
): void {
  const { spec, fields, identity } = draft;
  const add = (field: 'dependsOn' | 'consumesApis', group: ResolvedDependency[]) => {
    const refs = group.flatMap(({ to }) => identities(to.repository, to.what, to.name)?.ref ?? []);
    const before = Array.isArray(spec[field]) ? spec[field] : [];
    const all = [...new Set([...before, ...refs])].filter((ref) => ref !== identity.ref).sort();
    const [first] = group;
    if (all.length === 0 || !first) return;
    spec[field] = all;
    const confidence = group.every((one) => one.confidence === 'found') ? 'found' : 'guess';
    const ways = [...new Set(group.map(({ via }) => via))];
    const note = ways.slice(0, 5).join('; ') + (ways.length > 5 ? `; and ${ways.length - 5} more` : '');
    fields[`spec.${field}`] = { confidence, place: first.place, note };
  };
  const { api = [], other = [] } = Object.groupBy(dependencies, ({ to }) =>
    to.what === 'api' ? 'api' : 'other',
  );
  add('dependsOn', other);
  if (identity.kind === 'Component') add('consumesApis', api);
}
