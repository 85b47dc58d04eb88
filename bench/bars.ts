/** What Atrium promises beside its peer and by itself, held against what was measured. */
import type { AtriumMeasured } from './atrium.ts';
import type { LoadRow, Measured } from './measure.ts';
import { peakOf, type Round } from './round.ts';

export interface Bar {
  what: string;
  measured: string;
  bar: string;
  kept: boolean;
}

/** Times the peer's requests a second, at ten connections. */
const timesPeer: Record<string, { what: string; at10k: number; at50k?: number }> = {
  a: { what: 'one entity by name', at10k: 5 },
  b: { what: 'list page', at10k: 20, at50k: 100 },
  c: { what: 'facets', at10k: 10 },
  d: { what: 'full text filter', at10k: 20, at50k: 100 },
  e: { what: 'search', at10k: 10 },
  f: { what: 'by refs', at10k: 3 },
  h: { what: 'count', at10k: 10 },
};
const INGEST_TIMES = 50;
const BARE_SHARE = 0.5;
const COLD_START_MS = 2000;
const MEMORY_SHARE = 0.5;
const IDLE_SHARE = 0.01;
const FRESH_SECONDS = 2;
const GROWTH = 2;
const LARGE = 50_000;

/** The bars of one round, on PostgreSQL as the peer is. */
export function barsOf({ entities, atrium, peer }: Round): Bar[] {
  const ours = atrium[0];
  if (!ours) return [];
  return [...(peer ? besidePeer(entities, ours.measured, peer) : []), ...byItself(ours)];
}

function besidePeer(entities: number, ours: Measured, peer: Measured): Bar[] {
  const questions = Object.entries(timesPeer).flatMap(([id, { what, at10k, at50k }]) => {
    const [own, other] = [tenConnections(ours, id), tenConnections(peer, id)];
    const bar = entities >= LARGE ? at50k : at10k;
    return own && other && bar ? [atLeast(what, own.requestsPerSecond / other.requestsPerSecond, bar)] : [];
  });
  const rates = [ours.ingest?.entitiesPerSecond, peer.ingest?.entitiesPerSecond];
  const ingest = rates[0] && rates[1] ? [atLeast('ingestion', rates[0] / rates[1], INGEST_TIMES)] : [];
  const peaks = [peakOf(ours), peakOf(peer)];
  const memory =
    peaks[0] && peaks[1]
      ? [atMost('peak memory, part of the peer’s', peaks[0] / peaks[1], MEMORY_SHARE, '')]
      : [];
  return [...ingest, ...questions, ...memory];
}

function tenConnections({ load }: Measured, id: string): LoadRow | undefined {
  return load?.find((row) => row.id === id && row.connections === 10 && row.error === undefined);
}

function byItself({ measured: { fresh, idle }, byName, coldStartMs }: AtriumMeasured): Bar[] {
  return [
    {
      ...atLeast('by name, part of bare node:http', byName.atrium / byName.bare, BARE_SHARE),
      bar: `≥ ${BARE_SHARE}`,
    },
    atMost('start on a full store', Math.min(...coldStartMs), COLD_START_MS, ' ms'),
    ...(fresh?.lastSeconds === undefined
      ? []
      : [atMost('the last of 20 edits is visible', fresh.lastSeconds, FRESH_SECONDS, ' s')]),
    ...(idle?.serverCpuSeconds === undefined
      ? []
      : [
          atMost(
            'idle CPU, part of a core',
            (idle.serverCpuSeconds + (idle.dbCpuSeconds ?? 0)) / idle.seconds,
            IDLE_SHARE,
            '',
          ),
        ]),
  ];
}

/** How uncached medians grow with the catalog, from the smallest round to the largest. */
export function growthBars(rounds: readonly Round[]): Bar[] {
  const [small, large] = [rounds[0], rounds.at(-1)];
  if (!small || !large || small === large) return [];
  return (small.atrium[0]?.uncached ?? []).flatMap(({ id, what, medianMs }) => {
    const later = large.atrium[0]?.uncached.find((row) => row.id === id)?.medianMs;
    if (later === undefined) return [];
    const name = `${id} ${what}, from ${small.entities.toLocaleString('en')} to ${large.entities.toLocaleString('en')}`;
    return [atMost(name, later / medianMs, GROWTH, '×')];
  });
}

function atLeast(what: string, value: number, bar: number): Bar {
  return { what, measured: digits(value), bar: `≥ ${bar}×`, kept: value >= bar };
}

function atMost(what: string, value: number, bar: number, unit: string): Bar {
  return { what, measured: `${digits(value)}${unit}`, bar: `≤ ${bar}${unit}`, kept: value <= bar };
}

function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
