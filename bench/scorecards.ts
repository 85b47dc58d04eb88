/**
 * `node bench/scorecards.ts [--entities 100000] [--changes 20]`: how long it takes to judge all entities by twenty rules,
 * and until a fact that changed is scored and seen by an open page. On PostgreSQL, through a running portal.
 */
import { parseArgs } from 'node:util';
import { ask, type Portal } from '../tools/portal.ts';
import { startPostgres } from '../tools/postgres.ts';
import { EventLines } from './event-lines.ts';
import { openSeededPortal } from './scorecards-portal.ts';
import { RULES } from './scorecards-seed.ts';

const { values } = parseArgs({
  options: { entities: { type: 'string', default: '100000' }, changes: { type: 'string', default: '20' } },
});
const count = Number(values.entities);
const MOST_SECONDS = 20;
const MOST_VISIBLE_MS = 1000;

/** From a report until the page was told, and until it reads the new score. */
async function measureChange({ url }: Portal, lines: EventLines, index: number): Promise<number> {
  const ref = `component:default/service-${index}`;
  const told = lines.next((event, data) => event === 'scores' && data.includes(ref));
  const began = performance.now();
  const facts = [{ entity: ref, name: 'probe', value: { a: index % 2 === 0 ? 100 : 0 } }];
  const headers = { 'content-type': 'application/json' };
  await ask(url, '/api/facts', { method: 'POST', headers, body: JSON.stringify({ facts }) });
  await told;
  await ask(url, `/api/scores/${ref.replace(':', '/')}`);
  return performance.now() - began;
}

const postgres = await startPostgres('system');
try {
  const seeded = await openSeededPortal(postgres, count);
  try {
    const seconds = await seeded.judgeAll();
    const each = (seconds * 1e6) / (count * RULES);
    console.log(
      `${count} entities × ${RULES} rules: ${seconds.toFixed(1)} s (at most ${MOST_SECONDS}), ${each.toFixed(2)} µs a rule`,
    );
    const lines = await EventLines.open(`${seeded.portal.url}/api/events`);
    const times: number[] = [];
    for (let index = 1; index <= Number(values.changes); index++)
      times.push(await measureChange(seeded.portal, lines, index));
    lines.close();
    times.sort((a, b) => a - b);
    const [median = 0, worst = 0] = [times[Math.floor(times.length / 2)], times.at(-1)];
    console.log(
      `one fact, from the report until an open page has read the score: median ${median.toFixed(0)} ms, worst ${worst.toFixed(0)} ms (at most ${MOST_VISIBLE_MS})`,
    );
    if (seconds > MOST_SECONDS || worst > MOST_VISIBLE_MS) process.exitCode = 1;
  } finally {
    await seeded.stop();
  }
} finally {
  await postgres.stop();
}
