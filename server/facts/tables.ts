import type { ColumnType } from 'kysely';
import type { Place } from '#model/contribution.ts';
import type { CatalogTables } from '../catalog/index.ts';

type Time = ColumnType<Date, Date | string, Date | string>;

/** One observation as it is stored. */
export interface StoredFact {
  value: unknown;
  /** ISO 8601. */
  at: string;
  expiresAt?: string;
  place?: Place;
}

/** What a part of a source observes of one entity, by name. */
export interface FactSetTable {
  ref: string;
  source: string;
  part: string;
  facts: ColumnType<Record<string, StoredFact>, string, string>;
  /** Its source has not confirmed what it says within the time that it promised. */
  stale: boolean;
}

/** A kind of fact that came with facts, and by no integration. */
export interface FactKindTable {
  name: string;
  title: string;
  description: string;
  schema: ColumnType<object, string, string>;
  declared_by: string;
  declared_at: Time;
}

export interface FactTables {
  fact_set: FactSetTable;
  fact_kind: FactKindTable;
}

export type FactDb = FactTables & CatalogTables;
