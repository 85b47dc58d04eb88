/** The same template in the Backstage scaffolder, from published packages, on the same PostgreSQL. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type Postgres } from '../tools/postgres.ts';
import { dropPeerDatabases, installPeerWith, PEER_TOKEN, peerEnvironment } from './peer.ts';
import { inParallel, TEMPLATE } from './runs-template.ts';

const packages = {
  '@backstage/plugin-scaffolder-backend': '4.2.0',
  // Without it the catalog of the peer does not know templates.
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model': '0.2.26',
};
const START_MS = 10 * 60_000;
const LOOK_MS = 200;

/** @returns milliseconds from the first request until the last task was done. */
export async function measureScaffolder(
  postgres: Postgres,
  template: string,
  tasks: number,
): Promise<number> {
  const folder = installPeerWith('backstage-runs', packages);
  await dropPeerDatabases(postgres, 'scaffolder');
  const port = await freePort();
  writeFileSync(join(folder, 'runs.cjs'), program);
  writeFileSync(join(folder, 'runs.yaml'), configOf(join(template, 'catalog-info.yaml')));
  const child = spawn(
    process.execPath,
    ['runs.cjs', '--config', 'app-config.yaml', '--config', 'app-config.empty.yaml', '--config', 'runs.yaml'],
    {
      cwd: folder,
      env: { ...process.env, ...peerEnvironment(postgres, port, template) },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  try {
    return await measureTasks(`http://127.0.0.1:${port}`, tasks);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

async function measureTasks(url: string, tasks: number): Promise<number> {
  const headers = { authorization: `Bearer ${PEER_TOKEN}`, 'content-type': 'application/json' };
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${url}${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json() as Promise<Record<string, unknown>>;
  };
  const deadline = Date.now() + START_MS;
  const schema = '/api/scaffolder/v2/templates/default/template/lines/parameter-schema';
  while (!(await ask(schema).catch(() => undefined))) {
    if (Date.now() > deadline) throw new Error('The peer does not know the template');
    await pause();
  }
  const started = performance.now();
  await inParallel(tasks, 8, (index) => {
    const body = JSON.stringify({ templateRef: TEMPLATE, values: { name: `run-${index}` } });
    return ask('/api/scaffolder/v2/tasks', { method: 'POST', body });
  });
  for (;;) {
    const { totalTasks } = await ask('/api/scaffolder/v2/tasks?status=completed&limit=1');
    if (Number(totalTasks) >= tasks) break;
    await pause();
  }
  return performance.now() - started;
}

const pause = () => new Promise((done) => setTimeout(done, LOOK_MS));

const configOf = (target: string) => `catalog:
  rules: [{ allow: [Template, Group, User, Location] }]
  locations: [{ type: file, target: ${target} }]
`;

const program = `'use strict';
const { createBackend } = require('@backstage/backend-defaults');
const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.start();
`;
