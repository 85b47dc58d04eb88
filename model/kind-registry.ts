import { builtinKinds } from './builtin-kinds.ts';
import type { Entity } from './entity.ts';
import type { KindDefinition, KindRegistry, RelationField } from './kinds.ts';

/** A relation type that the configuration adds to kinds there are. */
export interface CustomRelation extends RelationField {
  /** Kinds whose spec may have the field. */
  on: readonly string[];
}

/**
 * The built-in kinds and those of the configuration. A custom kind with a built-in kind's name replaces it,
 * so an installation may loosen or tighten one.
 */
export function createKindRegistry(
  custom: readonly KindDefinition[] = [],
  customRelations: readonly CustomRelation[] = [],
): KindRegistry {
  const byKind = new Map<string, KindDefinition>();
  for (const definition of [...builtinKinds, ...custom]) {
    byKind.set(definition.kind.toLowerCase(), withRelations(definition, customRelations));
  }
  const kinds = [...byKind.values()];
  const opposites = collectOpposites(kinds);
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

function withRelations(definition: KindDefinition, custom: readonly CustomRelation[]): KindDefinition {
  const kind = definition.kind.toLowerCase();
  const own = custom.filter(({ on }) => on.some((name) => name.toLowerCase() === kind));
  if (own.length === 0) return definition;
  return {
    ...definition,
    relations: [...definition.relations, ...own.map(({ on: _on, ...field }) => field)],
  };
}

function collectOpposites(kinds: readonly KindDefinition[]): Map<string, string> {
  const fields = kinds.flatMap(({ relations, variants }) => [
    ...relations,
    ...(variants ?? []).flatMap((variant) => variant.relations),
  ]);
  const opposites = new Map<string, string>();
  for (const { forward, reverse } of fields) {
    opposites.set(forward, reverse);
    opposites.set(reverse, forward);
  }
  return opposites;
}
