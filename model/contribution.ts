import type { Entity } from './entity.ts';
import type { FactReading } from './fact.ts';
import type { Place } from './place.ts';

export type { Place } from './place.ts';

/**
 * How sure a source is.
 * `declared`: an author wrote a descriptor. `found`: read off files that mean just this (a manifest,
 * CODEOWNERS). `guess`: inferred, and to be reviewed by a person.
 */
export type Confidence = 'declared' | 'found' | 'guess';

export interface Problem {
  level: 'error' | 'warning' | 'info';
  /** What is wrong, in words that name the field. */
  message: string;
  /** How to mend it. */
  remedy: string;
  /** Dotted path of the field, where there is one. */
  field?: string;
  /** The entity that it concerns, where that is known. */
  ref?: string;
  path?: string;
  line?: number;
  column?: number;
}

/** What one source says of one entity. */
export interface Contribution {
  /** Canonical ref of the entity. */
  ref: string;
  /** A whole descriptor, or only the fields that the source knows. */
  entity: Entity;
  confidence: Confidence;
  place: Place;
  /** 1-based line of each field, by dotted path, where known. */
  lines?: Record<string, number>;
  /** Confidence and place of single fields that differ from the whole's (an owner from CODEOWNERS). */
  fields?: Record<string, { confidence: Confidence; place?: Place; note?: string }>;
  problems?: Problem[];
  /**
   * It only says who owns the entity, by a decision of people: it keeps no entity alive and declares none. It comes
   * first until a descriptor says something else than `declaredOwner`, which descriptors said when it was made.
   */
  supplements?: { declaredOwner: string | null };
}

/**
 * The unit of re-reading: one descriptor file, or one repository's discovery. A reading replaces all
 * that the same part said before.
 */
export interface PartReading {
  /** Stable key within the source, such as a file's path. */
  part: string;
  contributions: Contribution[];
  /** What was observed of entities; it replaces all that the part observed before. Absent when it observes nothing. */
  facts?: FactReading[];
  /** Problems of the part as a whole (a file that does not parse). What it said before stays. */
  problems?: Problem[];
  /**
   * What the newest good version of the part said of entities whose documents have errors now. It counts
   * only where nothing else is known of them.
   */
  lastGood?: Contribution[];
  /** The part could not be read at all; nothing that it said before is removed. */
  failed?: boolean;
  /** Commit that was read, where there is one. */
  revision?: string;
}
