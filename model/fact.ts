/** Facts: what is observed of an entity and is not part of its descriptor. */
import type { Place } from './contribution.ts';

/** What an integration says of a kind of fact that it observes. */
export interface FactDeclaration {
  /** As rules name it: `readme` for `facts.readme`. */
  name: string;
  title: string;
  /** What it tells and how it is observed, in a sentence or two. */
  description: string;
  /** JSON Schema of its value. */
  schema: object;
}

/** The latest observation of one kind, of one entity. */
export interface FactReading {
  /** Canonical ref of the entity. */
  ref: string;
  name: string;
  value: unknown;
  place?: Place;
}

/** So that rules can name it with a dot. */
export const FACT_NAME = /^[a-z][A-Za-z0-9]{0,62}$/;
