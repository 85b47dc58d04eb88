import type { ColumnType, Generated } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';
import type { FactTables } from '../facts/index.ts';

type Time = ColumnType<Date, Date | string, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null, Date | string | null>;

/** What a scorecard said of an entity for a time. */
export interface ScoreTable {
  id: Generated<number>;
  scorecard: string;
  ref: string;
  since: Time;
  /** Null for what holds now. */
  until: MaybeTime;
  /** Of the rules by which it was judged: see ScorecardVersionTable. */
  version: string;
  owner: string | null;
  /** A letter for each rule: see result-letters.ts. */
  results: string;
  /** Position among the levels; -1 for none. */
  level: number;
  /** From 0 to 100; null where nothing is known. */
  percent: number | null;
}

export interface ScorecardVersionTable {
  scorecard: string;
  version: string;
  spec: ColumnType<VersionSpec, string, string>;
  at: Time;
}

/** As much of a version as history is read with. */
export interface VersionSpec {
  levels: string[];
  rules: { id: string; title: string; level: string }[];
}

/** A promotion or demotion. */
export interface ScoreChangeTable {
  id: Generated<number>;
  scorecard: string;
  ref: string;
  owner: string | null;
  from_level: string | null;
  to_level: string | null;
  promoted: boolean;
  at: Time;
}

export interface ExemptionTable {
  id: string;
  scorecard: string;
  rule: string;
  ref: string;
  reason: string;
  /** Its last day, YYYY-MM-DD. */
  until: string;
  asked_by: string;
  asked_by_name: string;
  asked_at: Time;
  state: 'asked' | 'granted' | 'refused' | 'expired' | 'withdrawn';
  decided_by: string | null;
  decided_by_name: string | null;
  decided_at: MaybeTime;
  decision_reason: string | null;
}

/** A reminder that a campaign sent, or an issue that it opened; once each. A digest is of no campaign alone. */
export interface CampaignNoteTable {
  campaign: string;
  kind: 'reminder' | 'issue' | 'digest';
  /** Whom or what it is about. */
  subject: string;
  at: Time;
  detail: ColumnType<Record<string, unknown>, string, string>;
}

export interface ScorecardTables {
  score: ScoreTable;
  scorecard_version: ScorecardVersionTable;
  score_change: ScoreChangeTable;
  exemption: ExemptionTable;
  campaign_note: CampaignNoteTable;
}

export type ScorecardDb = ScorecardTables & FactTables & CatalogTables;
