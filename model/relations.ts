import type { Problem } from './contribution.ts';
import { DEFAULT_NAMESPACE, type Entity } from './entity.ts';
import { type KindRegistry, type RelationField, rulesFor } from './kinds.ts';
import { type EntityRefParts, formatRef, parseRef } from './ref.ts';

export interface DerivedRelation {
  type: string;
  /** Full lower-case ref of the target. */
  targetRef: string;
  /** Relation type that the target carries back; undefined where none is declared for the two kinds. */
  reverse: string | undefined;
}

export interface DerivedRelations {
  relations: DerivedRelation[];
  problems: Problem[];
}

/**
 * Reads the relations off the fields of `spec`, sorted by type and target, without repeats.
 * An unreadable ref is an error: the caller keeps the last good version, as Backstage does. A target of a
 * kind that the field may not name is left out with a warning. The spec is taken to be valid; values that
 * are not text are passed over.
 */
export function deriveRelations(entity: Entity, kinds: KindRegistry): DerivedRelations {
  const definition = kinds.definitionOf(entity);
  const problems: Problem[] = [];
  const found = new Map<string, DerivedRelation>();
  if (!definition || !entity.spec) return { relations: [], problems };
  for (const field of rulesFor(definition, entity.spec).relations) {
    for (const { path, text } of refsIn(entity.spec, field.field)) {
      const target = readRef(text, path, field, entity, problems);
      if (!target) continue;
      const targetRef = formatRef(target);
      const reverse = hasReverse(field, target.kind) ? field.reverse : undefined;
      found.set(`${field.forward} ${targetRef}`, { type: field.forward, targetRef, reverse });
    }
  }
  const relations = [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, relation]) => relation);
  return { relations, problems };
}

function refsIn(spec: Record<string, unknown>, field: string): { path: string; text: string }[] {
  const value = spec[field];
  if (typeof value === 'string') return [{ path: `spec.${field}`, text: value }];
  if (!Array.isArray(value)) return [];
  const refs: { path: string; text: string }[] = [];
  value.forEach((item: unknown, index) => {
    if (typeof item === 'string') refs.push({ path: `spec.${field}.${index}`, text: item });
  });
  return refs;
}

function readRef(
  text: string,
  path: string,
  field: RelationField,
  holder: Entity,
  problems: Problem[],
): EntityRefParts | undefined {
  const namespace = holder.metadata.namespace ?? DEFAULT_NAMESPACE;
  try {
    const target = parseRef(text, { kind: field.defaultKind, namespace });
    if (!field.targetKinds || includesKind(field.targetKinds, target.kind)) return target;
    const allowed = field.targetKinds.join(' or ');
    problems.push({
      level: 'warning',
      message: `${path} names "${text}", but spec.${field.field} may only name a ${allowed}; it is left out`,
      remedy: `Name a ${allowed}, or move the ref to spec.dependsOn.`,
      field: path,
    });
  } catch (error) {
    problems.push({
      level: 'error',
      message: `${path}: ${error instanceof Error ? error.message : String(error)}`,
      remedy: refRemedy(text, namespace, field.defaultKind),
      field: path,
    });
  }
  return undefined;
}

function refRemedy(text: string, namespace: string, defaultKind: string | undefined): string {
  if (defaultKind) return `Write the ref as ${defaultKind.toLowerCase()}:${namespace}/name.`;
  const name = text.slice(text.lastIndexOf('/') + 1) || 'name';
  return `Write the kind: "component:${name}" or "resource:${name}".`;
}

function hasReverse(field: RelationField, targetKind: string): boolean {
  return !field.reverseKinds || includesKind(field.reverseKinds, targetKind);
}

function includesKind(kinds: string[], kind: string): boolean {
  const wanted = kind.toLowerCase();
  return kinds.some((candidate) => candidate.toLowerCase() === wanted);
}
