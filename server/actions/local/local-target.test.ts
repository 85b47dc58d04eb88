/** Services as real processes of this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLog } from '../../kernel/log.ts';
import { LocalTarget } from './local-target.ts';

let folder: string;
let target: LocalTarget;
const open = (refused: string | null = null) =>
  new LocalTarget({ folder, refused, log: createLog('silent') });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-local-'));
  target = open();
});
afterEach(async () => {
  await target.stop();
  rmSync(folder, { recursive: true, force: true });
});

const program = `require('node:http').createServer((_, response) => response.end(
  JSON.stringify({ secret: process.env.ATRIUM_TEST_SECRET ?? null }))).listen(process.env.PORT, process.env.HOST)`;
const wanted = { key: 'run/deploy', name: 'greeter', command: 'node service.cjs', healthPath: '/' };
const fill = (text: string) => async (files: string) => {
  mkdirSync(files, { recursive: true });
  writeFileSync(join(files, 'service.cjs'), text);
};
const answer = async (port: number) => (await fetch(`http://127.0.0.1:${port}`)).json();
const isGone = (port: number) =>
  vi.waitFor(() => expect(answer(port)).rejects.toThrow(), { timeout: 10_000 });

it('starts a service once for each key, without the secrets of the portal', async () => {
  vi.stubEnv('ATRIUM_TEST_SECRET', 'hunter22');
  const { port } = await target.deploy(wanted, fill(program));
  expect(await answer(port)).toEqual({ secret: null });
  expect((await target.deploy(wanted, fill('never run'))).port).toBe(port);
  expect(target.list()).toHaveLength(1);
  await target.remove(wanted.key);
  await isGone(port);
  expect(target.list()).toEqual([]);
  await target.remove(wanted.key);
});

it('leaves nothing of one that ends at once, and tells what it said', async () => {
  const failing = target.deploy(wanted, fill(`console.error('no port for me'); process.exit(3)`));
  await expect(failing).rejects.toThrow('greeter ended with 3. It said: no port for me');
  expect(target.list()).toEqual([]);
});

it('ends services with the portal, and starts them with it again under the same port', async () => {
  const { port } = await target.deploy(wanted, fill(program));
  await target.stop();
  await isGone(port);
  target = open();
  target.start();
  await vi.waitFor(async () => expect(await answer(port)).toEqual({ secret: null }), { timeout: 10_000 });
});

it('ends what a portal that was killed left running, and no other that has its number by now', async () => {
  const { port } = await target.deploy(wanted, fill(program));
  const file = join(folder, 'run_deploy', 'deployment.json');
  // Nobody told the next portal to stop: it finds the process by its number and the moment of its start.
  const next = open('Not here');
  next.start();
  await isGone(port);
  const stranger = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], {
    detached: true,
    stdio: 'ignore',
  });
  writeFileSync(
    file,
    JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), pid: stranger.pid, began: '1' }),
  );
  next.start();
  stranger.kill('SIGTERM');
  const [, signal] = await once(stranger, 'exit');
  expect(signal).toBe('SIGTERM');
});
