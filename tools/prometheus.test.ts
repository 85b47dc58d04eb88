/** Error budgets from a real Prometheus, through a running portal. Skipped where there is no Prometheus. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, type Portal, startPortal } from './portal.ts';
import { hasPrometheus, type Prometheus, startPrometheus } from './prometheus.ts';

const isThere = hasPrometheus();
if (!isThere) console.warn('Prometheus is not installed (apt-get install prometheus): its test is skipped.');

const LOOK_MS = 500;
let folder: string;
let metrics: Server;
let prometheus: Prometheus;
let portal: Portal;

/** Of a hundred requests between two looks one goes wrong. */
let scrapes = 0;

const slo = (name: string, good: string, total: string) => `---
apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name} }
spec:
  service: pay
  budgetingMethod: Occurrences
  timeWindow: [{ duration: 1h, isRolling: true }]
  objectives: [{ target: 0.95 }]
  indicator:
    metadata: { name: ${name} }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: Prometheus, spec: { query: '${good}' } } }
        total: { metricSource: { type: Prometheus, spec: { query: '${total}' } } }
`;

beforeAll(async () => {
  if (!isThere) return;
  folder = mkdtempSync(join(tmpdir(), 'atrium-prometheus-'));
  metrics = createServer((_request, response) => {
    scrapes += 1;
    response.setHeader('content-type', 'text/plain');
    response.end(
      `http_requests_total{code="200"} ${99 * scrapes}\nhttp_requests_total{code="500"} ${scrapes}\n`,
    );
  });
  await new Promise<void>((done) => metrics.listen(0, '127.0.0.1', done));
  const { port } = metrics.address() as AddressInfo;
  prometheus = await startPrometheus(folder, `127.0.0.1:${port}`);
  const repository = join(folder, 'pay');
  mkdirSync(repository);
  writeFileSync(
    join(repository, 'catalog-info.yaml'),
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: pay }\nspec: { type: service, lifecycle: production, owner: core }\n',
  );
  writeFileSync(
    join(repository, 'slo.yaml'),
    slo('available', 'http_requests_total{code!~"5.."}', 'sum(http_requests_total)') +
      slo('broken', 'sum(http_requests_total{', 'http_requests_total'),
  );
  const config = {
    sources: [
      { id: 'files', target: repository },
      { id: 'budgets', integration: 'prometheus', target: prometheus.url, pollSeconds: 10 },
    ],
    logLevel: 'error',
  };
  writeFileSync(join(folder, 'atrium.yaml'), JSON.stringify(config));
  portal = await startPortal(['--config', join(folder, 'atrium.yaml'), '--memory', '--quiet']);
});

afterAll(async () => {
  await portal?.stop();
  await prometheus?.stop();
  metrics?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Asks again and again until there is an answer. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(LOOK_MS);
  }
}

interface Source {
  source: { state: string; error: { message: string } | null };
  problems: { ref: string | null; message: string }[];
}

const source = () => ask<Source>(portal.url, '/api/sources/budgets');
const sync = () => fetch(`${portal.url}/api/sources/budgets/sync`, { method: 'POST' });

it.skipIf(!isThere)('come from a real Prometheus, and it shows when that is gone', async () => {
  interface Facts {
    items: { name: string; source: string; value: { remaining: number; indicator: number } }[];
  }
  const fact = await until(async () => {
    await sync();
    const { items } = await ask<Facts>(portal.url, '/api/facts/entities/component/default/pay');
    // Over its first few looks Prometheus extrapolates each series in its own way.
    return items.find(({ name, value }) => name === 'errorBudget' && Math.abs(value.remaining - 0.8) < 0.02);
  });
  expect(fact).toMatchObject({
    source: 'budgets',
    value: { objective: 'available', target: 0.95, window: '1h' },
  });
  expect(fact.value.indicator).toBeCloseTo(0.99, 2);
  expect(fact.value.remaining).toBeCloseTo(0.8, 1);

  const { problems } = await source();
  expect(problems).toMatchObject([
    { ref: 'component:default/pay', message: expect.stringMatching(/error budget of broken .*parse error/) },
  ]);

  await prometheus.stop();
  // A reading that was under way may still have met it closing.
  const failed = await until(async () => {
    await sync();
    const seen = await source();
    return seen.source.error?.message.includes('127.0.0.1') ? seen : undefined;
  });
  expect(failed.source.error?.message).toContain('127.0.0.1');
});
