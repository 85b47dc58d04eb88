/** Facts: what is observed of an entity and is not part of its descriptor. */
import type { Place } from './place.ts';

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

/** What one part of a source observes of an entity, by the name of the fact. */
export interface FactSet<Fact extends { at: string }> {
  source: string;
  facts: Record<string, Fact>;
  stale: boolean;
}

/** Whoever registers a location may say something of an entity, and not in place of those who read it anyway. */
const REGISTERED = 'location:';

/** The latest observation of each kind; those of registered locations count only where there is no other. */
export function latestFacts<Fact extends { at: string }>(
  sets: readonly FactSet<Fact>[],
): Map<string, { fact: Fact; source: string; stale: boolean }> {
  const rank = (source: string) => (source.startsWith(REGISTERED) ? 0 : 1);
  const latest = new Map<string, { fact: Fact; source: string; stale: boolean }>();
  for (const { source, facts, stale } of sets) {
    for (const [name, fact] of Object.entries(facts)) {
      const known = latest.get(name);
      const ahead = known ? rank(source) - rank(known.source) : 1;
      if (!known || ahead > 0 || (ahead === 0 && known.fact.at < fact.at))
        latest.set(name, { fact, source, stale });
    }
  }
  return latest;
}
