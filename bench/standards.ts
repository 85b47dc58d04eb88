/**
 * `node bench/standards.ts DIR… [--reasons]`: what every rule of every pack says of every component in some
 * repositories, as Markdown tables; with the reasons, one a line, instead. A portal of its own reads the folders.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { Ladder, laddersSchema } from '../server/scorecards/contract.ts';
import { ask, type Portal, startPortal } from '../tools/portal.ts';

interface Judged {
  ref: string;
  ladders: Ladder[];
}

const POLL_MS = 200;
/** Documentation is looked at after everything else: two answers that far apart have to agree. */
const SETTLED_MS = 60_000;
const MOST_COMPONENTS = 500;
const signs: Record<string, string> = {
  pass: '✓',
  fail: '✗',
  unknown: '?',
  exempt: 'e',
  grace: 'g',
  'not-applicable': '',
};

async function judgeAll({ url }: Portal): Promise<Judged[]> {
  const path = `/api/catalog/rows?filter=kind=component&sort=name&limit=${MOST_COMPONENTS}`;
  const { items } = await ask<{ items: { ref: string }[] }>(url, path);
  const judged: Judged[] = [];
  for (const { ref } of items) {
    const ladders = await ask<z.infer<typeof laddersSchema>>(url, `/api/scores/${ref.replace(':', '/')}`);
    judged.push({ ref, ladders: ladders.items });
  }
  return judged;
}

async function judgeSettled(portal: Portal): Promise<Judged[]> {
  while (!(await ask<{ ready: boolean }>(portal.url, '/api/sources')).ready) await sleep(POLL_MS);
  let judged = await judgeAll(portal);
  for (;;) {
    await sleep(SETTLED_MS);
    const again = await judgeAll(portal);
    if (reasons(again) === reasons(judged)) return again;
    judged = again;
  }
}

function tables(judged: readonly Judged[]): string {
  const titles = new Map(judged.flatMap(({ ladders }) => ladders.map((one) => [one.scorecard, one.title])));
  return [...titles].map(([scorecard, title]) => `## ${title}\n\n${tableOf(judged, scorecard)}`).join('\n\n');
}

function tableOf(judged: readonly Judged[], scorecard: string): string {
  const rows = judged.flatMap(({ ref, ladders }) => {
    const ladder = ladders.find((one) => one.scorecard === scorecard);
    return ladder ? [{ name: ref.slice(ref.indexOf(':') + 1).replace(/^default\//, ''), ladder }] : [];
  });
  const rules = rows[0]?.ladder.rungs ?? [];
  const lines = [
    ['component', 'level', ...rules.map(({ id }) => id)],
    ['---', '---', ...rules.map(() => ':-:')],
    ...rows.map(({ name, ladder }) => [
      name,
      ladder.level ?? '–',
      ...ladder.rungs.map(({ result }) => signs[result] ?? result),
    ]),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function reasons(judged: readonly Judged[]): string {
  const lines = judged.flatMap(({ ref, ladders }) =>
    ladders.flatMap(({ scorecard, rungs }) =>
      rungs.map(({ id, result, message, facts }) => {
        const places = facts.map(({ path }) => path ?? '').filter((path) => path !== '');
        return [ref, scorecard, id, result, message ?? '', places.join(', ')].join('\t');
      }),
    ),
  );
  return lines.join('\n');
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { reasons: { type: 'boolean', default: false } },
});
const portal = await startPortal(['--memory', ...positionals]);
try {
  const judged = await judgeSettled(portal);
  console.log(values.reasons ? reasons(judged) : tables(judged));
} finally {
  await portal.stop();
}
