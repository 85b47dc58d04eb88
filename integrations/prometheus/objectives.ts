/** What OpenSLO documents promise, as the fact `slo` has it. */
import type { FactReading } from '#model/fact.ts';
import type { Place } from '#model/place.ts';
import { isRecord } from '#model/value-words.ts';

/** PromQL of an indicator, as its author wrote it. */
export interface Measure {
  good?: string | undefined;
  bad?: string | undefined;
  total?: string | undefined;
  raw?: string | undefined;
  /** What `raw` gives is the share of what is bad. */
  failure: boolean;
  /** The queries give counters, which only ever rise. */
  counter: boolean;
}

export interface Objective {
  name: string;
  /** Share of what is good, below 1: at 1 there is no budget. */
  target: number;
  /** As written: `28d`. */
  window: string;
  measure: Measure;
}

export interface Promised {
  ref: string;
  place?: Place | undefined;
  objectives: Objective[];
}

/** Those of which an error budget can be counted; others are left out. */
export function promisesIn(readings: readonly FactReading[]): Promised[] {
  return readings.flatMap(({ ref, value, place }) => {
    const listed = isRecord(value) && Array.isArray(value.objectives) ? value.objectives : [];
    const objectives = listed.flatMap(objectiveOf);
    return objectives.length === 0 ? [] : [{ ref, place, objectives }];
  });
}

function objectiveOf(value: unknown): Objective[] {
  if (!isRecord(value) || !isRecord(value.measure)) return [];
  const { name, target, window, measure } = value;
  const { good, bad, total, raw } = measure;
  if (typeof name !== 'string' || typeof target !== 'number' || typeof window !== 'string') return [];
  if (target < 0 || target >= 1) return [];
  const asked = {
    ...{ good: textOf(good), bad: textOf(bad), total: textOf(total), raw: textOf(raw) },
    failure: measure.failure === true,
    counter: measure.counter === true,
  };
  const isRatio = asked.total !== undefined && (asked.good !== undefined || asked.bad !== undefined);
  return isRatio || asked.raw !== undefined ? [{ name, target, window, measure: asked }] : [];
}

const textOf = (value: unknown) => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
