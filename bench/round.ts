import type { AtriumMeasured } from './atrium.ts';
import type { Measured } from './measure.ts';

/** What was measured at one size. */
export interface Round {
  entities: number;
  /** The first is on PostgreSQL, as the peer is. */
  atrium: AtriumMeasured[];
  peer: Measured | undefined;
}

/** The most memory that any step saw, in MiB. */
export function peakOf({ ingest, idle, start }: Measured): number | undefined {
  const peaks = [idle?.memory?.peakMiB, ingest?.memory?.peakMiB, start?.memoryAtReady?.peakMiB];
  const known = peaks.filter((peak) => peak !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
