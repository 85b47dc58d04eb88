/** Which columns are kept in memory, how the store says them, and which path they answer for. */
import { type RawBuilder, sql } from 'kysely';
import { splitPath } from './entity-path.ts';

export interface ColumnSource {
  /** Text without control characters, or null. */
  stored: RawBuilder<string | null>;
  decode: (stored: string) => string[];
}

/** No path that a facet could name. */
export const hasProblems = 'has problems';

/** Between the tags of one entity. */
const TAG_SEPARATOR = '\u001f';
const one = (stored: string) => [stored];

/** Of every entity, by the path that filters and facets name. */
export const keptColumns: Record<string, ColumnSource> = {
  kind: { stored: sql`entity.kind_label`, decode: one },
  'metadata.namespace': { stored: sql`entity.namespace`, decode: one },
  'metadata.tags': {
    stored: sql`array_to_string(entity.tags, ${sql.lit(TAG_SEPARATOR)})`,
    decode: (stored) => (stored === '' ? [] : stored.split(TAG_SEPARATOR)),
  },
  'spec.type': { stored: sql`entity.type`, decode: one },
  'spec.lifecycle': { stored: sql`entity.lifecycle`, decode: one },
  'spec.owner': { stored: sql`entity.owner_json`, decode: textsOf },
  owner: { stored: sql`entity.owner`, decode: one },
  language: { stored: sql`entity.language`, decode: one },
  freshness: { stored: sql`entity.freshness`, decode: one },
  review: { stored: sql`entity.review`, decode: one },
  [hasProblems]: { stored: sql`(entity.problem_count > 0)::text`, decode: one },
};

/** Any other path, as it stands in the bodies or in the relations. */
export function furtherColumn(path: string): ColumnSource {
  const relation = /^relations\.(.+)$/.exec(path.toLowerCase())?.[1];
  return { stored: relation === undefined ? inBody(path) : relatedBy(relation), decode: textsOf };
}

/** The terms are asked first: most bodies don't have the path, and looking into one takes long. */
function inBody(path: string): RawBuilder<string | null> {
  return sql`case when entity.terms @> array[${path.toLowerCase()}]::text[]
    then (entity.body #> ${splitPath(path)}::text[])::text end`;
}

function relatedBy(type: string): RawBuilder<string | null> {
  return sql`(select json_agg(target)::text from (
    select to_ref as target from relation where from_ref = entity.ref and lower(type) = ${type}
    union select from_ref from relation where to_ref = entity.ref and lower(reverse) = ${type}) related)`;
}

/** The plain values of a JSON text, and the elements of a list, as PostgreSQL writes them as text. */
function textsOf(json: string): string[] {
  const value: unknown = JSON.parse(json);
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(textOf);
  return value === null || typeof value === 'object' ? [] : [textOf(value)];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
