import { isDeepStrictEqual } from 'node:util';
import type { RecordChange } from './feed.ts';
import type { GoldenRow } from './golden-row.ts';
import type { OldRecord, Rebuilt } from './rebuild.ts';
import type { FieldChange } from './tables.ts';

/** Longer values are named as changed without being kept in the history twice. */
const LONGEST_VALUE = 2000;

/** What became of each record, field by field, for the history and the change feed. */
export function changesBetween({ before, rows, gone }: Rebuilt, restoring: boolean): RecordChange[] {
  const changes: RecordChange[] = [];
  for (const row of rows) {
    const old = before.get(row.ref);
    if (!old) changes.push({ ref: row.ref, change: restoring ? 'restored' : 'added', fields: [] });
    else if (old.etag !== row.etag || isOtherwise(old, row)) {
      changes.push({ ref: row.ref, change: 'changed', fields: fieldChanges(old.body, JSON.parse(row.body)) });
    }
  }
  for (const ref of gone) changes.push({ ref, change: 'removed', fields: [] });
  return changes;
}

/** What is not part of the body, and may change while that stays as it is. */
function isOtherwise(old: OldRecord, row: GoldenRow): boolean {
  return (
    old.review !== row.review || old.problemCount !== row.problem_count || old.freshness !== row.freshness
  );
}

function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const old = flat(before);
  const fresh = flat(after);
  const changes: FieldChange[] = [];
  for (const field of new Set([...old.keys(), ...fresh.keys()])) {
    if (field === 'metadata.etag' || isDeepStrictEqual(old.get(field), fresh.get(field))) continue;
    changes.push({ field, before: brief(old.get(field)), after: brief(fresh.get(field)) });
  }
  return changes;
}

/** Fields two levels deep, labels and annotations three: what a person calls a field. */
function flat(entity: unknown): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [root, section] of Object.entries(entity as Record<string, unknown>)) {
    if (root !== 'metadata' && root !== 'spec') continue;
    for (const [key, value] of Object.entries(section as Record<string, unknown>)) {
      if (key === 'labels' || key === 'annotations') {
        for (const [name, inner] of Object.entries(value as object))
          fields.set(`${root}.${key}.${name}`, inner);
      } else fields.set(`${root}.${key}`, value);
    }
  }
  return fields;
}

function brief(value: unknown): unknown {
  const json = JSON.stringify(value);
  return json && json.length > LONGEST_VALUE ? `${json.length} characters` : value;
}
