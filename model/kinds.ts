import type { Entity } from './entity.ts';

/** A field of `spec` that names other entities. */
export interface RelationField {
  /** Key in `spec`; its value is a ref or a list of refs. */
  field: string;
  /** Kind of a ref that does not say it. Without one, the kind must be written. */
  defaultKind?: string;
  /** Kinds that may be named; absent means any. Others are skipped with a warning. */
  targetKinds?: string[];
  /** Relation type on the holder, such as `ownedBy`. */
  forward: string;
  /** Relation type on the target, such as `ownerOf`. */
  reverse: string;
  /** Target kinds that get the reverse relation; absent means all. */
  reverseKinds?: string[];
}

/** What a kind asks of `spec` when `spec.type` has one certain value. */
export interface KindVariant {
  /** The value of `spec.type`: `mcp-server`. */
  type: string;
  /** JSON Schema of `spec`, in place of the kind's own. */
  spec: object;
  /** All relation fields, in place of the kind's own. */
  relations: RelationField[];
}

/** One kind of entity: built in, or given by JSON Schema in the configuration. */
export interface KindDefinition {
  kind: string;
  /** Word for several, for people: `APIs`. */
  plural: string;
  apiVersions: string[];
  /** JSON Schema (draft 2020-12 or 07) of `spec`. */
  spec: object;
  relations: RelationField[];
  variants?: KindVariant[];
}

export interface KindRegistry {
  readonly kinds: readonly KindDefinition[];
  /** Kinds compare without case. */
  find(kind: string): KindDefinition | undefined;
  /** The kind whose name and `apiVersions` both fit. */
  definitionOf(entity: Pick<Entity, 'apiVersion' | 'kind'>): KindDefinition | undefined;
  /** The opposite of a relation type, where one is declared: `ownedBy` gives `ownerOf`. */
  reverseOf(relationType: string): string | undefined;
}

/** The rules for one entity: those of its `spec.type` where the kind has some, else the kind's. */
export function rulesFor(definition: KindDefinition, spec: Record<string, unknown> | undefined) {
  const variant = definition.variants?.find((candidate) => candidate.type === spec?.type);
  return variant ?? definition;
}
