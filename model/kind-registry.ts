import { builtinKinds } from './builtin-kinds.ts';
import type { Entity } from './entity.ts';
import type { KindDefinition, KindRegistry } from './kinds.ts';

/** A relation type and its opposite, declared in the configuration. */
export interface RelationPair {
  forward: string;
  reverse: string;
}

/**
 * The built-in kinds and those of the configuration. A custom kind with a built-in kind's name replaces it,
 * so an installation may loosen or tighten one.
 */
export function createKindRegistry(
  custom: readonly KindDefinition[] = [],
  customRelations: readonly RelationPair[] = [],
): KindRegistry {
  const byKind = new Map<string, KindDefinition>();
  for (const definition of [...builtinKinds, ...custom]) {
    byKind.set(definition.kind.toLowerCase(), definition);
  }
  const kinds = [...byKind.values()];
  const opposites = collectOpposites(kinds, customRelations);
  const find = (kind: string) => byKind.get(kind.toLowerCase());
  return {
    kinds,
    find,
    definitionOf(entity: Pick<Entity, 'apiVersion' | 'kind'>) {
      const definition = find(entity.kind);
      return definition?.apiVersions.includes(entity.apiVersion) ? definition : undefined;
    },
    reverseOf: (relationType) => opposites.get(relationType),
  };
}

function collectOpposites(
  kinds: readonly KindDefinition[],
  customRelations: readonly RelationPair[],
): Map<string, string> {
  const fields = kinds.flatMap(({ relations, variants }) => [
    ...relations,
    ...(variants ?? []).flatMap((variant) => variant.relations),
  ]);
  const opposites = new Map<string, string>();
  for (const { forward, reverse } of [...fields, ...customRelations]) {
    opposites.set(forward, reverse);
    opposites.set(reverse, forward);
  }
  return opposites;
}
