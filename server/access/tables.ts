import type { ColumnType } from 'kysely';
import type { SessionTables } from './session-tables.ts';

type Time = ColumnType<Date, Date | string, Date | string>;

/** One entry of the audit. `before` and `after` are canonical JSON. */
export interface AuditEntryTable {
  seq: number;
  at: Time;
  actor: string;
  behind: string | null;
  address: string;
  action: string;
  target: string | null;
  outcome: 'done' | 'refused' | 'failed';
  status: number;
  before: string | null;
  after: string | null;
  previous_hash: string;
  hash: string;
}

/** One row: where the kept entries begin and end. */
export interface AuditChainTable {
  single: ColumnType<boolean, never, never>;
  anchor_seq: number;
  anchor_hash: string;
  head_seq: number;
  head_hash: string;
}

/** How far a stream has come, and which process sends it. */
export interface AuditStreamTable {
  name: string;
  seq: number;
  held_by: string | null;
  held_until: Time | null;
}

export interface TokenTable {
  id: string;
  name: string;
  kind: 'person' | 'machine';
  /** The principal who made it. */
  owner: string;
  /** Who was behind the owner, where that was somebody else. */
  behind: string | null;
  /** SHA-256 of the secret, as base64url. */
  hash: string;
  scopes: string[];
  created_at: Time;
  expires_at: Time;
  last_used_at: Time | null;
  last_used_from: string | null;
  revoked_at: Time | null;
}

export interface AccessTables extends SessionTables {
  audit_entry: AuditEntryTable;
  audit_chain: AuditChainTable;
  audit_stream: AuditStreamTable;
  token: TokenTable;
}
