/** Says of which entities the observed facts are. */
import type { FactDeclaration, FactReading } from '#model/fact.ts';
import type { DiscoveredRepository } from './discovered-draft.ts';
import type { Identities } from './discovered-names.ts';
import { collectors } from './facts/index.ts';
import type { FolderHistory } from './history.ts';
import { folderOfDescriptor } from './part.ts';
import { locationOf } from './remote-links.ts';

const ACTIVITY = 'activity';

/** All kinds of facts that repositories tell. */
export const declaredFacts: readonly FactDeclaration[] = [
  ...collectors.map(({ name, title, description, schema }) => ({ name, title, description, schema })),
  {
    name: ACTIVITY,
    title: 'Activity',
    description: 'What the commits of the repository tell of the folder of a component.',
    schema: {
      type: 'object',
      required: ['authors', 'commits'],
      properties: {
        firstCommit: { type: 'string', format: 'date' },
        lastCommit: { type: 'string', format: 'date' },
        authors: { type: 'integer', description: 'People who made commits in the last year' },
        commits: { type: 'integer', description: 'Commits of people in the last year' },
      },
    },
  },
];

export function discoveredFacts(repository: DiscoveredRepository, identities: Identities): FactReading[] {
  const refs = refsByFolder(repository, identities);
  return repository.observed.flatMap(({ folder, facts }) =>
    (refs.get(folder) ?? []).flatMap((ref) => [
      ...Object.entries(facts).map(([name, { value, path, line }]) => ({
        ...{ ref, name, value },
        ...(path !== undefined && { place: placeOf(repository, path, line) }),
      })),
      ...activityOf(ref, repository.history.get(folder)),
    ]),
  );
}

function placeOf({ place }: DiscoveredRepository, path: string, line: number | undefined) {
  return { location: locationOf(place, path), path, ...(line !== undefined && { line }) };
}

function activityOf(ref: string, history: FolderHistory | undefined): FactReading[] {
  if (!history?.lastCommit) return [];
  const { author: _author, ...value } = history;
  return [{ ref, name: ACTIVITY, value }];
}

/** A folder may hold what was found, what a descriptor in it declares, or both under one ref. */
function refsByFolder(
  { key, inventory, declared }: DiscoveredRepository,
  identities: Identities,
): Map<string, string[]> {
  const found = inventory.components.flatMap(({ name, folder }) => {
    const identity = identities(key, 'component', name);
    return identity ? [{ folder, ref: identity.ref }] : [];
  });
  const known = new Set(found.map(({ ref }) => ref));
  const others = declared
    .filter(({ kind, ref }) => kind.toLowerCase() === 'component' && !known.has(ref))
    .map(({ path, ref }) => ({ folder: folderOfDescriptor(path), ref }));
  const byFolder = Map.groupBy([...found, ...others], ({ folder }) => folder);
  return new Map([...byFolder].map(([folder, all]) => [folder, all.map(({ ref }) => ref)]));
}
