/**
 * `node bench/docs.ts [--sites 50] [--pages 100] [--edits 10]`: how long it takes until all pages are found by search,
 * how long a search takes, a page of 50 KB, and an edit until an open page has it; beside MkDocs' own build of one of
 * the sites where `mkdocs` is installed. On PostgreSQL, through a running portal.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ask, startPortal } from '../tools/portal.ts';
import { startPostgres } from '../tools/postgres.ts';
import { pageText, writeSite } from './docs-seed.ts';
import { EventLines } from './event-lines.ts';
import { untilRest } from './rest.ts';

const { values } = parseArgs({
  options: {
    sites: { type: 'string', default: '50' },
    pages: { type: 'string', default: '100' },
    edits: { type: 'string', default: '10' },
  },
});
const [sites, pages, edits] = [values.sites, values.pages, values.edits].map(Number) as [
  number,
  number,
  number,
];
const LARGE_BYTES = 50_000;
const SEARCHES = 300;
const CACHED = 200;
const REF = 'component:default/site-0';
const PATH = REF.replace(':', '/');

const quantile = (numbers: readonly number[], part: number) =>
  numbers.toSorted((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))] ?? 0;

async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

interface Library {
  total: number;
  indexing: boolean;
  items: { pages: number }[];
}

async function untilIndexed(url: string): Promise<void> {
  for (;;) {
    const { items, indexing } = await ask<Library>(url, '/api/docs/sites?limit=200');
    if (!indexing && items.length === sites && items.every((site) => site.pages >= pages)) return;
    await sleep(100);
  }
}

async function searchTimes(url: string): Promise<number[]> {
  const nouns = [
    'payment',
    'refund queue',
    'rollback',
    'ledger invoice',
    'certif',
    'webhook retries',
    'customs label',
  ];
  const times: number[] = [];
  for (let index = 0; index < SEARCHES; index++) {
    const q = encodeURIComponent(`${nouns[index % nouns.length]} ${index % 40}`);
    times.push(await timed(() => ask(url, `/api/docs/search?q=${q}`)));
  }
  return times;
}

/** Of a page that nobody has asked for; each is another. */
async function pageTimes(url: string): Promise<{ cold: number[]; cached: number[] }> {
  const page = (index: number) => `/api/docs/pages/${PATH}/large-${index}`;
  const cold: number[] = [];
  for (let index = 0; index < edits; index++) cold.push(await timed(() => ask(url, page(index))));
  const cached: number[] = [];
  // As long as it takes to arrive; what a browser makes of it is another matter.
  const arrives = async () => (await fetch(`${url}${page(0)}`)).arrayBuffer();
  for (let index = 0; index < CACHED; index++) cached.push(await timed(arrives));
  return { cold, cached };
}

/** From saving the file until a page that is open has the new text. */
async function editTimes(url: string, folder: string): Promise<number[]> {
  const lines = await EventLines.open(`${url}/api/events`);
  const times: number[] = [];
  for (let index = 0; index < edits; index++) {
    const text = pageText(`Edited ${index}`, index, 4000);
    times.push(
      await timed(async () => {
        writeFileSync(join(folder, 'docs/part-1/page-1.md'), text);
        for (;;) {
          await lines.next((event, data) => event === 'docs' && data.includes(REF));
          const { title } = await ask<{ title: string }>(url, `/api/docs/pages/${PATH}/part-1/page-1`);
          if (title === `Edited ${index}`) return;
        }
      }),
    );
    await sleep(1000);
  }
  lines.close();
  return times;
}

/** @returns undefined where MkDocs is not installed. */
function mkdocsBuild(folder: string): number | undefined {
  const target = mkdtempSync(join(tmpdir(), 'atrium-bench-mkdocs-'));
  try {
    const began = performance.now();
    execFileSync('mkdocs', ['build', '--quiet', '--site-dir', target], { cwd: folder, stdio: 'ignore' });
    return performance.now() - began;
  } catch {
    return undefined;
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

const home = mkdtempSync(join(tmpdir(), 'atrium-bench-docs-'));
const postgres = await startPostgres('system');
try {
  const folders = Array.from({ length: sites }, (_, site) =>
    writeSite(home, `site-${site}`, pages, site * 1000),
  );
  const first = folders[0] ?? '';
  for (let index = 0; index < edits; index++) {
    writeFileSync(join(first, `docs/large-${index}.md`), pageText(`Large ${index}`, 77 + index, LARGE_BYTES));
  }
  const database = await postgres.createDatabase('docs');
  const data = join(home, '.data');
  const began = performance.now();
  const portal = await startPortal(['--database', database, '--data', data, home]);
  const up = performance.now() - began;
  await untilIndexed(portal.url);
  const indexed = performance.now() - began;
  const foundAtOnce = await searchTimes(portal.url);
  await untilRest(portal.process.pid);
  const rested = performance.now() - began;
  const found = await searchTimes(portal.url);
  const { cold, cached } = await pageTimes(portal.url);
  const edited = await editTimes(portal.url, first);
  await portal.stop();
  const build = mkdocsBuild(first);
  const ms = (time: number) => `${time.toFixed(1)} ms`;
  console.log(
    `${sites * pages} pages of ${sites} sites searchable ${(indexed / 1000).toFixed(1)} s after the start of the process, which listened after ${(up / 1000).toFixed(1)} s (at most 30)`,
  );
  console.log(
    `search: median ${ms(quantile(found, 0.5))}, p95 ${ms(quantile(found, 0.95))} (at most 20 ms); right after indexing, while problems are looked for until ${(rested / 1000).toFixed(1)} s: ${ms(quantile(foundAtOnce, 0.5))}, ${ms(quantile(foundAtOnce, 0.95))}`,
  );
  console.log(
    `a page of ${LARGE_BYTES / 1000} KB: cold median ${ms(quantile(cold, 0.5))}, worst ${ms(quantile(cold, 1))} (at most 50 ms); cached median ${ms(quantile(cached, 0.5))}, p95 ${ms(quantile(cached, 0.95))} (at most 2 ms)`,
  );
  console.log(
    `an edit in an open page: median ${ms(quantile(edited, 0.5))}, worst ${ms(quantile(edited, 1))} (at most 1000 ms)`,
  );
  if (build === undefined) console.log('MkDocs is not installed, so there is nothing to compare with');
  else {
    console.log(
      `MkDocs builds one such site in ${ms(build)}: first page ${(build / quantile(cold, 0.5)).toFixed(0)} ×, edited page ${(build / quantile(edited, 0.5)).toFixed(1)} × the time of Atrium`,
    );
  }
} finally {
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
}
