/** What the thread that judges is asked, and what it answers. Plain data: it crosses threads. */
import type { Result, RuleCheck } from '#model/scorecard.ts';

/** A kind of fact as far as rules need it. */
export interface KnownFact {
  name: string;
  schema: object;
}

/** Where the files of an entity lie on this machine. */
export interface FilesRoot {
  folder: string;
  /** In the folder; empty for all of it. */
  path: string;
  bare: boolean;
}

/** One entity, as texts of JSON: they are read in the thread. */
export interface Subject {
  entity: string;
  /** All that sources observe of it: a list of `{ source, facts, stale }`; null for nothing. */
  facts: string | null;
  owner: string | null;
  system: string | null;
  /** A list of entities; null where no rule asks. */
  dependencies: string | null;
  files: FilesRoot | null;
  /** Positions of the rule sets that it is judged by. */
  by: number[];
}

export interface RuleSetSource {
  /** The same for the same rules. */
  key: string;
  rules: { checks: RuleCheck[] }[];
}

export interface JudgeTask {
  id: number;
  kinds: KnownFact[];
  sets: RuleSetSource[];
  subjects: Subject[];
  now: number;
  /** Say why, too: takes longer. */
  explain: boolean;
}

export interface Answer {
  /** For each rule set of the subject, a result for each of its rules. */
  results: Result[][];
  /** The same for why; absent unless it was asked for. */
  reasons?: (Reason | null)[][];
  /** Day of the first commit, where it is known. */
  born: string | null;
}

export interface Reason {
  message: string | null;
  /** Names of the facts that the rule looked at. */
  facts: string[];
}

export type JudgeReply = { id: number; answers: Answer[] } | { id: number; error: string };
