/** One line of a list, from the columns of its record. */
import { type RawBuilder, sql } from 'kysely';
import type { Row } from './contract.ts';

export interface StoredRow extends Omit<Row, 'changedAt'> {
  changedAt: Date;
}

/** The columns that a row is made of, for a select from `entity`. */
export const rowColumns: RawBuilder<StoredRow> = sql`entity.ref, entity.kind_label as kind, entity.namespace,
  entity.name, entity.title, entity.description, entity.type, entity.lifecycle, entity.owner,
  entity.owner_confidence as "ownerConfidence", entity.system, entity.language, entity.tags,
  entity.freshness, entity.review, entity.problem_count as problems, entity.changed_at as "changedAt"`;

export function toRow(stored: StoredRow): Row {
  return { ...stored, changedAt: stored.changedAt.toISOString() };
}
