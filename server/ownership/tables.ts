import type { ColumnType, Generated } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';
import type { OwnershipRequest } from './contract.ts';

type Time = ColumnType<Date, Date | string, Date | string>;

/** One item of the register of technical debt. */
export interface DebtTable {
  id: Generated<string>;
  entity: string;
  /** For when the entity is gone. */
  entity_title: string;
  title: string;
  detail: string;
  cost_days: number;
  interest_days: number;
  /** Null: whoever owns the debt of the entity. */
  owner: string | null;
  /** `2026-03-01`. */
  due: string | null;
  issue: string | null;
  state: 'open' | 'paid' | 'accepted';
  origin: 'person' | 'machine' | 'rule';
  /** Of the rule that it is from. */
  scorecard: Generated<string | null>;
  rule: Generated<string | null>;
  /** Id of a principal. */
  created_by: string;
  created_at: Time;
  changed_at: Time;
}

/** Somebody asks that an entity gets another owner. */
export interface OwnershipRequestTable {
  id: Generated<string>;
  kind: OwnershipRequest['kind'];
  entity: string;
  entity_title: string;
  /** Whoever was named as owner when it was asked. */
  from_owner: string | null;
  to_owner: string;
  reason: string;
  state: OwnershipRequest['state'];
  /** Id of a principal. */
  requested_by: string;
  requester_name: string;
  /** Whoever owns the token, where a machine asked. */
  requested_behind: string | null;
  requested_at: Time;
  decided_by: string | null;
  decider_name: string | null;
  decided_at: Time | null;
  decision_reason: string | null;
  change: ColumnType<OwnershipRequest['change'], string | null, string | null>;
}

/** An entity that nobody who exists owns. */
export interface OwnershipGapTable {
  entity: string;
  gap: 'unowned' | 'unknown-owner';
  owner: string | null;
  since: Time;
}

export interface OwnershipTables {
  debt: DebtTable;
  ownership_request: OwnershipRequestTable;
  ownership_gap: OwnershipGapTable;
}

/** What ownership reads and writes. */
export type OwnershipDb = OwnershipTables & CatalogTables;
