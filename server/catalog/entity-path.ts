/** Dotted paths into an entity, as ordering, facets, full text and projection use them. */
import { type RawBuilder, sql } from 'kysely';

export interface PathExpression {
  /** Text as written; what a facet counts. */
  written: RawBuilder<string | null>;
  /** Text lower-cased; what ordering and full text compare. */
  lower: RawBuilder<string | null>;
  nullable: boolean;
}

const columns = new Map<string, PathExpression>([
  ['kind', { written: sql`entity.kind_label`, lower: sql`entity.kind`, nullable: false }],
  ['metadata.name', { written: sql`entity.name`, lower: sql`entity.name_lower`, nullable: false }],
  ['metadata.namespace', { written: sql`entity.namespace`, lower: sql`entity.namespace`, nullable: false }],
  ['metadata.title', text('title')],
  ['metadata.description', text('description')],
  ['metadata.uid', { written: sql`entity.uid::text`, lower: sql`entity.uid::text`, nullable: false }],
  ['spec.type', text('type')],
  ['spec.lifecycle', text('lifecycle')],
  ['owner', text('owner')],
  ['language', text('language')],
  ['freshness', { written: sql`entity.freshness`, lower: sql`entity.freshness`, nullable: false }],
  ['review', { written: sql`entity.review`, lower: sql`entity.review`, nullable: false }],
]);

function text(column: string): PathExpression {
  const written = sql<string | null>`${sql.ref(`entity.${column}`)}`;
  return { written, lower: sql`lower(${written})`, nullable: true };
}

export function isColumn(path: string): boolean {
  return columns.has(path.toLowerCase());
}

export function pathExpression(path: string): PathExpression {
  const column = columns.get(path.toLowerCase());
  if (column) {
    return column;
  }
  const written = sql<string | null>`(entity.body #>> ${splitPath(path)}::text[])`;
  return { written, lower: sql`lower(${written})`, nullable: true };
}

/** Keys of annotations and labels hold dots and slashes themselves. */
export function splitPath(path: string): string[] {
  const map = /^metadata\.(annotations|labels)\.(.+)$/.exec(path);
  return map?.[1] && map[2] ? ['metadata', map[1], map[2]] : path.split('.');
}

/** A LIKE pattern for what contains this text. */
export function containing(term: string): string {
  return `%${escapeLike(term)}%`;
}

export function escapeLike(term: string): string {
  return term.replace(/[\\%_]/g, '\\$&');
}
