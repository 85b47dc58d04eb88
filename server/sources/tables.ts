import type { ColumnType } from 'kysely';
import type { Problem } from '#model/contribution.ts';

type Time = ColumnType<Date, Date | string, Date | string>;

export interface SourceTable {
  id: string;
  /** When all that the source says was last confirmed. */
  confirmed_at: Time | null;
  error: ColumnType<SourceError | null, string | null, string | null>;
}

export interface SourceError {
  code: string;
  message: string;
  remedy: string;
  at: string;
}

/** The unit of re-reading. */
export interface PartTable {
  source: string;
  part: string;
  read_at: Time;
  revision: string | null;
  failed: boolean;
  problems: ColumnType<Problem[], string, string>;
}

export interface SourceTables {
  source: SourceTable;
  part: PartTable;
}
