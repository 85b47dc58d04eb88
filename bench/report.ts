/** Turns what was measured into the tables of bench/RESULTS.md. */
import type { AtriumMeasured } from './atrium.ts';
import { type Bar, barsOf, growthBars } from './bars.ts';
import type { LoadRow, Measured } from './measure.ts';
import { peakOf, type Round } from './round.ts';

export interface About {
  postgres: string;
  command: string;
}

export function report(rounds: readonly Round[], { postgres, command }: About): string {
  const machine = rounds[0]?.atrium[0]?.measured.machine;
  const lines = [
    '# Measured',
    '',
    `${new Date().toISOString().slice(0, 10)}; ${machine?.cores} cores (${machine?.cpu}), ${machine?.memoryGiB} GiB, ` +
      `Node ${process.version}, ${postgres}. Server, store and driver share the machine; "others" is the part of it that ` +
      'something else used meanwhile, and the more it is, the less a time says.',
    '',
    `\`${command}\``,
    '',
    'Atrium keeps answers in memory until what they are made of changes. So each question stands here twice: as the',
    'driver asks it, the same few questions again and again, and uncached, where no question repeats.',
    ...rounds.flatMap(roundLines),
    ...table('## Growth', ['what', 'measured', 'bar', 'kept'], growthBars(rounds).map(barCells)),
    '',
  ];
  return lines.join('\n');
}

function roundLines({ entities, atrium, peer }: Round): string[] {
  const count = entities.toLocaleString('en');
  const servers: [string, Measured][] = [
    ...atrium.map(({ store, measured }): [string, Measured] => [`Atrium, ${store}`, measured]),
    ...(peer ? [['Backstage', peer] as [string, Measured]] : []),
  ];
  return [
    ...table(`## ${count} entities`, ['', ...servers.map(([name]) => name)], summaryRows(servers, atrium)),
    ...table(
      '### Questions, as the driver asks them',
      ['question', 'connections', ...servers.map(([name]) => `${name}: a second, mean ms, others`)],
      loadRows(servers),
    ),
    ...table(
      '### Uncached, median ms, one after another',
      ['question', ...atrium.map(({ store }) => store)],
      uncachedRows(atrium),
    ),
    ...table(
      '### Bars',
      ['what', 'measured', 'bar', 'kept'],
      barsOf({ entities, atrium, peer }).map(barCells),
    ),
  ];
}

function table(title: string, head: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return ['', title, '', line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function summaryRows(servers: readonly [string, Measured][], atrium: readonly AtriumMeasured[]): string[][] {
  const row = (label: string, of: (measured: Measured) => string | number | undefined) => [
    label,
    ...servers.map(([, measured]) => String(of(measured) ?? '–')),
  ];
  return [
    row('first start, ms', ({ start }) => start?.readyMs),
    ['start on a full store, ms', ...servers.map((_, index) => atrium[index]?.coldStartMs.join(', ') ?? '–')],
    row('all entities and relations, s', ({ ingest }) => ingest?.error ?? ingest?.allRelationsSeconds),
    row('entities a second', ({ ingest }) => ingest?.entitiesPerSecond),
    row('searchable, s after the start', ({ search }) => search?.error ?? search?.fullIndexSecondsAfterStart),
    row(
      'an edit is visible after, s (first, median, last)',
      ({ fresh }) =>
        fresh && (fresh.error ?? `${fresh.firstSeconds}, ${fresh.medianSeconds}, ${fresh.lastSeconds}`),
    ),
    row(
      'idle, % of a core (server, database)',
      ({ idle }) =>
        idle &&
        `${percent(idle.serverCpuSeconds, idle.seconds)}, ${percent(idle.dbCpuSeconds ?? 0, idle.seconds)}`,
    ),
    row('server memory, peak MiB', (measured) => peakOf(measured)),
  ];
}

function percent(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(1);
}

function loadRows(servers: readonly [string, Measured][]): string[][] {
  const rows = servers[0]?.[1].load ?? [];
  return rows.map(({ id, what, connections }) => [
    `${id} ${what}`,
    String(connections),
    ...servers.map(([, { load }]) =>
      shown(load?.find((row) => row.id === id && row.connections === connections)),
    ),
  ]);
}

function shown(row: LoadRow | undefined): string {
  if (!row) return '–';
  if (row.error) return row.error;
  const failed = row.failed > 0 ? `, ${row.failed} failed` : '';
  return `${row.requestsPerSecond}, ${row.mean}, ${percent(row.othersShare ?? 0, 1)} %${failed}`;
}

function uncachedRows(atrium: readonly AtriumMeasured[]): string[][] {
  const rows = atrium[0]?.uncached ?? [];
  return rows.map(({ id, what }) => [
    `${id} ${what}`,
    ...atrium.map(({ uncached }) => uncached.find((row) => row.id === id)?.medianMs.toFixed(1) ?? '–'),
  ]);
}

function barCells({ what, measured, bar, kept }: Bar): string[] {
  return [what, measured, bar, kept ? 'yes' : 'no'];
}
