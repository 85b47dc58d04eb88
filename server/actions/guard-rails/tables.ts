import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from 'kysely';
import type { approvalSchema, leaseSchema } from '../contract.ts';
import type { RunTables, Starter } from '../runs/tables.ts';

type Time = ColumnType<Date, Date | string, Date | string>;
export type ApprovalState = (typeof approvalSchema)['shape']['state']['options'][number];
export type LeaseState = (typeof leaseSchema)['shape']['state']['options'][number];

export interface ApprovalTable {
  id: string;
  /** Of the step that asks: the same while it waits. */
  key: string;
  run: string;
  step: string;
  template_title: string;
  summary: string;
  asked_by: JSONColumnType<Starter>;
  asked_at: Time;
  expires_at: Time;
  /** Refs of groups and people, and `role:…`. */
  approvers: string[];
  quorum: number;
  delegated_to: Generated<string | null>;
  state: ApprovalState;
  decided_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** Its step has taken note of the decision: when that is tried again, it asks anew. */
  answered: Generated<boolean>;
}

export interface ApprovalVoteTable {
  approval: string;
  voter: string;
  voter_name: string;
  decision: 'approve' | 'decline';
  reason: string;
  at: Time;
}

export interface LeaseTable {
  id: string;
  run: string;
  template: string;
  title: string;
  entity: string | null;
  /** Ref of the group, or id of the person, that has it. */
  owner: string;
  started_by: string;
  created_at: Time;
  expires_at: Time;
  /** It can be extended up to here. */
  latest_end: Time;
  remind_at: Time;
  reminded: Generated<boolean>;
  /** When its reminder is sent by e-mail next; null when everybody has it. */
  mail_due_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  /** Refs of those who have it. */
  mailed: Generated<string[]>;
  state: LeaseState;
  extensions: Generated<number>;
  error: Generated<string | null>;
}

/** A run that has, or waits for, its turn at what only so many may be at. */
export interface RunSlotTable {
  target: string;
  run: string;
  /** Whoever asked before has a smaller one: clocks of several processes would not agree on who that is. */
  place: GeneratedAlways<number>;
}

export interface GuardRailTables {
  approval: ApprovalTable;
  approval_vote: ApprovalVoteTable;
  lease: LeaseTable;
  run_slot: RunSlotTable;
}

export type GuardedTables = RunTables & GuardRailTables;
