/**
 * Compiles a condition to SQL over the table `entity`. Keys that lists ask for all the time become
 * comparisons of columns that have indexes; all others ask the inverted index of terms; relations start
 * from the relation's own indexes. Every value is a parameter.
 */
import { type RawBuilder, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import type { Condition } from './filter.ts';

export type Fragment = RawBuilder<boolean>;

/** What is asked for: a condition, and text that must occur. */
export interface Sought {
  condition: Condition;
  text?: { where: Fragment /** The same for the same text. */; key: string } | undefined;
}

/** @throws {AtriumError} FILTER_INVALID when an owner is not a ref. */
export function compileSought({ condition, text }: Sought): Fragment {
  const filter = compileFilter(condition);
  return text ? sql`${filter} and ${text.where}` : filter;
}

interface HotKey {
  /** Expression that an index serves, lower-cased. */
  lower: RawBuilder<unknown>;
  /** Whether a row may lack it. */
  nullable: boolean;
}

const hotKeys = new Map<string, HotKey>([
  ['kind', { lower: sql`entity.kind`, nullable: false }],
  ['metadata.name', { lower: sql`entity.name_lower`, nullable: false }],
  ['metadata.namespace', { lower: sql`entity.namespace`, nullable: false }],
  ['spec.type', { lower: sql`lower(entity.type)`, nullable: true }],
  ['spec.lifecycle', { lower: sql`lower(entity.lifecycle)`, nullable: true }],
  ['freshness', { lower: sql`entity.freshness`, nullable: false }],
  ['problems', { lower: sql`(entity.problem_count > 0)::text`, nullable: false }],
  ['review', { lower: sql`entity.review`, nullable: false }],
  ['language', { lower: sql`lower(entity.language)`, nullable: true }],
]);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const RELATIONS = 'relations.';

/** @throws {AtriumError} FILTER_INVALID when an owner is not a ref. */
export function compileFilter(condition: Condition): Fragment {
  switch (condition.op) {
    case 'all':
      return join(condition.of.map(compileFilter), sql` and `, sql`true`);
    case 'any':
      return join(condition.of.map(compileFilter), sql` or `, sql`false`);
    case 'not':
      // "is not true" and not "not": a column that is null makes the inner condition null.
      return sql`(${compileFilter(condition.of)}) is not true`;
    case 'exists':
      return compileExists(condition.key);
    case 'in':
      return compileIn(condition.key, condition.values);
    case 'prefix':
      return compilePrefix(condition.key, condition.prefix);
  }
}

function join(parts: Fragment[], separator: RawBuilder<unknown>, empty: Fragment): Fragment {
  return parts.length === 0 ? empty : sql`(${sql.join(parts, separator)})`;
}

function compileExists(key: string): Fragment {
  const hot = hotKeys.get(key);
  if (hot) {
    return hot.nullable ? sql`${hot.lower} is not null` : sql`true`;
  }
  if (key === 'owner') {
    return sql`entity.owner is not null`;
  }
  if (key === 'metadata.uid') {
    return sql`true`;
  }
  if (key.startsWith(RELATIONS)) {
    const type = key.slice(RELATIONS.length);
    return sql`entity.ref in (select from_ref from relation where lower(type) = ${type}
      union all select to_ref from relation where lower(reverse) = ${type})`;
  }
  return sql`entity.terms @> array[${key}]::text[]`;
}

function compileIn(key: string, values: string[]): Fragment {
  if (values.length === 0) {
    return sql`false`;
  }
  const hot = hotKeys.get(key);
  if (hot) {
    return isOneOf(hot.lower, values);
  }
  if (key === 'owner') {
    return compileOwner(values);
  }
  if (key === 'metadata.uid') {
    const uids = values.filter((value) => UUID.test(value));
    return uids.length === 0 ? sql`false` : sql`entity.uid = any(${uids}::uuid[])`;
  }
  if (key.startsWith(RELATIONS)) {
    const type = key.slice(RELATIONS.length);
    return sql`entity.ref in (
      select from_ref from relation where ${isOneOf(sql`to_ref`, values)} and lower(type) = ${type}
      union all select to_ref from relation where ${isOneOf(sql`from_ref`, values)} and lower(reverse) = ${type})`;
  }
  // "Holds all of one" and "overlaps several" are both served by the inverted index.
  const terms = values.map((value) => `${key}=${value}`);
  return terms.length === 1
    ? sql`entity.terms @> array[${terms[0]}]::text[]`
    : sql`entity.terms && ${terms}::text[]`;
}

/** A single value as "=", since the order of an index stays usable behind an equality only. */
function isOneOf(expression: RawBuilder<unknown>, values: string[]): Fragment {
  return values.length === 1
    ? sql`${expression} = ${values[0]}`
    : sql`${expression} = any(${values}::text[])`;
}

/** Kinds that nobody is expected to own. */
export const unownableKinds = ['group', 'user', 'location', 'template'];

function compileOwner(values: string[]): Fragment {
  const refs = values.filter((value) => value !== 'none').map(ownerRef);
  const parts: Fragment[] = [];
  if (refs.length > 0) {
    parts.push(isOneOf(sql`entity.owner`, refs));
  }
  if (refs.length < values.length) {
    parts.push(sql`(entity.owner is null and entity.kind <> all(${unownableKinds}::text[]))`);
  }
  return join(parts, sql` or `, sql`false`);
}

/** @throws {AtriumError} FILTER_INVALID */
export function ownerRef(value: string): string {
  try {
    return canonicalRef(value, { kind: 'group' });
  } catch (cause) {
    throw new AtriumError('FILTER_INVALID', `The owner "${value}" is not an entity ref`, { cause });
  }
}

function compilePrefix(key: string, prefix: string): Fragment {
  const hot = hotKeys.get(key);
  if (hot) {
    return sql`starts_with(${hot.lower}, ${prefix})`;
  }
  if (key === 'owner') {
    return sql`starts_with(entity.owner, ${prefix})`;
  }
  if (key === 'metadata.uid') {
    return sql`starts_with(entity.uid::text, ${prefix})`;
  }
  if (key.startsWith(RELATIONS)) {
    const type = key.slice(RELATIONS.length);
    return sql`entity.ref in (
      select from_ref from relation where starts_with(to_ref, ${prefix}) and lower(type) = ${type}
      union all select to_ref from relation where starts_with(from_ref, ${prefix}) and lower(reverse) = ${type})`;
  }
  return sql`(entity.terms @> array[${key}]::text[]
    and exists (select from unnest(entity.terms) term where starts_with(term, ${`${key}=${prefix}`})))`;
}
