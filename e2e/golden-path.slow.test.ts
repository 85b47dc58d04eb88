/** The golden path in every language whose tools this machine has: a service that answers, and meets the standards. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../tools/portal.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 300_000;
const LOOK_MS = 500;
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
}, START_MS);

afterAll(() => server?.stop());

interface Run {
  state: string;
  error: string | null;
  output: { links?: { title: string; url?: string }[] } | null;
}

interface Scores {
  items: {
    title: string;
    levels: string[];
    rungs: { id: string; level: string; result: string; message: string | null }[];
  }[];
}

async function made(language: string, name: string): Promise<Run> {
  const values = {
    name,
    description: 'Greets whoever comes in',
    owner: 'group:default/checkout',
    system: 'system:default/platform',
    target: 'local',
  };
  const { id } = await ask<{ id: string }>(server.url, '/api/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ template: `template:default/${language}-service`, values }),
  });
  for (;;) {
    const run = await ask<Run>(server.url, `/api/runs/${id}`);
    if (!['queued', 'running'].includes(run.state)) return run;
    await sleep(LOOK_MS);
  }
}

/** Rules of the first level of each scorecard that the service does not pass. */
async function missed(name: string): Promise<string[]> {
  const { items } = await ask<Scores>(server.url, `/api/scores/component/default/${name}`);
  if (items.length === 0) return ['it has no score yet'];
  return items.flatMap(({ title, levels, rungs }) =>
    rungs
      .filter(({ level, result }) => level === levels[0] && !['pass', 'not-applicable'].includes(result))
      .map(({ id, result, message }) => `${title}: ${id} ${result}, ${message}`),
  );
}

it.each(['typescript', 'go', 'python', 'java'])(
  'makes a service in %s that answers and is green on every rule of bronze',
  async (language) => {
    const address = `/api/templates/default/${language}-service`;
    const { card } = await ask<{ card: { obstacles: string[] } }>(server.url, address);
    const lacking = card.obstacles.filter((obstacle) => obstacle.startsWith('This machine lacks'));
    if (lacking.length > 0) {
      console.warn(`skipped ${language}: ${lacking.join('; ')}`);
      return;
    }
    const name = `greeter-${language}`;
    const run = await made(language, name);
    expect(run).toMatchObject({ state: 'succeeded', error: null });
    const service = run.output?.links?.find(({ title }) => title === 'Open the service')?.url ?? '';
    expect(await (await fetch(service)).json()).toEqual({ message: `Hello from ${name}` });
    await expect.poll(() => missed(name), { timeout: START_MS, interval: LOOK_MS }).toEqual([]);
  },
  START_MS,
);
