/** Turns what was found in the repositories into contributions. */
import type { Confidence, Contribution, PartReading, Place } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import {
  type FoundApi,
  type FoundComponent,
  type FoundOwners,
  type FoundResource,
  type ResolvedDependency,
  resolveDependencies,
} from './assemble.ts';
import { addDependencies, type DiscoveredRepository, type Draft } from './discovered-draft.ts';
import { discoveredFacts } from './discovered-facts.ts';
import { type Identities, identify, type What } from './discovered-names.ts';
import { ownerOf } from './discovered-owner.ts';
import { toLabel, toTag } from './discovered-words.ts';
import type { FolderHistory } from './history.ts';
import { type Declared, discoveryKey } from './part.ts';
import { folderLocation, locationAnnotations, slugAnnotation } from './remote-links.ts';

/** One reading for each repository in which anything was found. */
export function discoveredReadings(
  repositories: readonly DiscoveredRepository[],
  declared: readonly Declared[],
): PartReading[] {
  const identities = identify(repositories, declared);
  const dependencies = resolveDependencies(repositories.map(({ inventory }) => inventory));
  const bySource = Map.groupBy(dependencies, ({ from }) => from.repository);
  return repositories.flatMap((repository) => {
    const contributions = contributionsOf(repository, identities, bySource.get(repository.key) ?? []);
    const facts = discoveredFacts(repository, identities);
    if (contributions.length === 0 && facts.length === 0) return [];
    const { revision } = repository.place.head;
    return [{ part: discoveryKey(repository.key), contributions, facts, ...(revision && { revision }) }];
  });
}

function contributionsOf(
  repository: DiscoveredRepository,
  identities: Identities,
  dependencies: readonly ResolvedDependency[],
): Contribution[] {
  const { components, apis, resources } = repository.inventory;
  const build = <T extends { name: string }>(
    what: What,
    found: T[],
    fill: (draft: Draft, thing: T) => void,
  ) =>
    found.flatMap((thing) => {
      const draft = draftOf(repository, what, thing, identities);
      if (!draft) return [];
      fill(draft, thing);
      const own = dependencies.filter(({ from }) => from.what === what && from.name === thing.name);
      addDependencies(draft, own, identities);
      return [finish(draft)];
    });
  return [
    ...build('component', components, (draft, thing) => fillComponent(draft, thing, identities)),
    ...build('api', apis, fillApi),
    ...build('resource', resources, fillResource),
  ];
}

type Found = { name: string; description?: string; place?: Place; confidence?: Confidence };

function draftOf(
  repository: DiscoveredRepository,
  what: What,
  found: Found,
  identities: Identities,
): Draft | undefined {
  const identity = identities(repository.key, what, found.name);
  if (!identity) return undefined;
  const { kind, namespace, name } = identity;
  const place = found.place ?? { location: folderLocation(repository.place, '') };
  const spec: Record<string, unknown> = {};
  const entity: Entity = { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, namespace }, spec };
  if (found.description) entity.metadata.description = found.description;
  const annotations: Record<string, string> = {
    ...slugAnnotation(repository.place),
    'atrium.dev/repository': repository.slug ?? repository.key,
  };
  // Where a descriptor exists, it is the place that the entity is managed by.
  if (!identity.declared) {
    const path = place.path ?? '';
    Object.assign(annotations, locationAnnotations(repository.place, path, path));
  }
  const confidence = found.confidence ?? 'found';
  return { repository, identity, entity, spec, labels: {}, annotations, fields: {}, place, confidence };
}

function fillComponent(draft: Draft, found: FoundComponent, identities: Identities): void {
  const { repository, entity, spec, labels, annotations, identity } = draft;
  const language = toLabel(found.language);
  const framework = toLabel(found.framework);
  if (language) labels['atrium.dev/language'] = language;
  if (framework) labels['atrium.dev/framework'] = framework;
  const tags = [...new Set(found.tags.map(toTag).filter(Boolean))];
  if (tags.length > 0) entity.metadata.tags = tags;
  if (found.ci.length > 0) {
    annotations['atrium.dev/ci'] = [...new Set(found.ci.map(({ system }) => system))].sort().join(',');
  }
  if (!identity.declared) {
    const folder = found.folder === '' ? '' : `${found.folder}/`;
    annotations['backstage.io/source-location'] = folderLocation(repository.place, folder);
  }
  const history = repository.history.get(found.folder);
  if (history?.lastCommit) annotations['atrium.dev/last-commit'] = history.lastCommit;
  spec.type = found.type;
  addLifecycle(draft);
  addOwner(draft, found.owners, history);
  const apis = (names: string[]) =>
    [...new Set(names.flatMap((name) => identities(repository.key, 'api', name)?.ref ?? []))].sort();
  if (found.provides.length > 0) spec.providesApis = apis(found.provides);
  if (found.consumes.length > 0) spec.consumesApis = apis(found.consumes);
}

function fillApi(draft: Draft, found: FoundApi): void {
  if (found.title) draft.entity.metadata.title = found.title;
  draft.spec.type = found.type;
  addLifecycle(draft);
  addOwner(draft, found.owners, draft.repository.history.get(found.folder));
  draft.spec.definition = found.definition;
}

function fillResource(draft: Draft, found: FoundResource): void {
  draft.spec.type = found.type;
  addOwner(draft, found.owners, undefined);
}

function addLifecycle({ identity, spec, fields }: Draft): void {
  if (identity.declared) return;
  spec.lifecycle = 'unknown';
  fields['spec.lifecycle'] = { confidence: 'guess', note: 'Nothing in the repository tells it' };
}

function addOwner(draft: Draft, owners: FoundOwners | undefined, history: FolderHistory | undefined): void {
  const owner = ownerOf(owners, history);
  if (!owner) return;
  draft.spec.owner = owner.ref;
  draft.fields['spec.owner'] = owner.provenance;
}

function finish({ identity, entity, labels, annotations, fields, place, confidence }: Draft): Contribution {
  if (Object.keys(labels).length > 0) entity.metadata.labels = labels;
  entity.metadata.annotations = annotations;
  return {
    ref: identity.ref,
    entity,
    confidence,
    place,
    ...(Object.keys(fields).length > 0 && { fields }),
  };
}
