import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Confidence, Contribution, Problem } from '#model/contribution.ts';
import type { EntityStatusItem } from '#model/entity.ts';

type Time = ColumnType<Date, Date | string, Date | string>;

/** What one source says of one entity, as it was read. */
export interface ContributionTable {
  source: string;
  part: string;
  ref: string;
  /** Of `body`; an unchanged hash means that nothing is merged again. */
  hash: string;
  confidence: Confidence;
  body: JSONColumnType<Contribution>;
  /** Set when its part is gone; it can be brought back until the undo window ends. */
  removed_at: Time | null;
  /** Brought back by a person after its part had gone: an orphan, until a source claims it again. */
  kept: boolean;
  /** It adds to what others say and keeps no entity alive: see Contribution. */
  supplements: boolean;
}

/** The golden records. `body` is the entity without relations and status, as JSON text. */
export interface EntityTable {
  ref: string;
  /** Made from the ref, so that it is the same in every store. */
  uid: string;
  etag: string;
  kind: string;
  kind_label: string;
  namespace: string;
  name: string;
  name_lower: string;
  title: string | null;
  description: string | null;
  type: string | null;
  lifecycle: string | null;
  owner: string | null;
  owner_confidence: Confidence | null;
  /** `spec.owner` as it is written, as JSON text: facets show it so. */
  owner_json: string | null;
  system: string | null;
  language: string | null;
  tags: string[];
  freshness: 'fresh' | 'stale' | 'orphaned';
  review: 'declared' | 'unreviewed' | 'accepted';
  problem_count: number;
  body: ColumnType<unknown, string, string>;
  status: ColumnType<EntityStatusItem[] | null, string | null, string | null>;
  problems: ColumnType<Problem[] | null, string | null, string | null>;
  /** The inverted index of filters: `path` and `path=value`, lower-cased. */
  terms: string[];
  search_text: string;
  changed_at: Time;
}

/** One row an edge; the opposite direction is read from the same row by `reverse`. */
export interface RelationTable {
  from_ref: string;
  to_ref: string;
  type: string;
  reverse: string | null;
}

/** The change feed and the history of every record, in order of commit. */
export interface ChangeTable {
  seq: Generated<number>;
  at: Time;
  ref: string;
  change: 'added' | 'changed' | 'removed' | 'restored';
  fields: ColumnType<FieldChange[], string, string>;
  source: string | null;
}

export interface FieldChange {
  field: string;
  before?: unknown;
  after?: unknown;
}

/** What a person decided of a finding; it outlives the finding. */
export interface DecisionTable {
  ref: string;
  decision: 'accepted' | 'ignored' | 'merged';
  merge_into: string | null;
  decided_by: string;
  decided_at: Time;
}

export interface LocationTable {
  id: Generated<string>;
  type: string;
  target: string;
  entity_ref: string;
  created_at: Time;
  /** Key of the step of a run that registered it; null for what people and programs did. */
  made_by: string | null;
}

export interface CatalogTables {
  contribution: ContributionTable;
  entity: EntityTable;
  relation: RelationTable;
  change: ChangeTable;
  decision: DecisionTable;
  location: LocationTable;
}
