/** A server of its own for the tests, on a free port and with the sample estate. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

const START_MS = 60_000;
const READY_MS = 280_000;
const root = resolve(import.meta.dirname, '..');

function addressFrom(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let output = '';
    const timer = setTimeout(() => failed(new Error(`The server did not start:\n${output}`)), START_MS);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /Atrium is at (http:\/\/\S+)/.exec(output)?.[1];
      if (!address) return;
      clearTimeout(timer);
      found(address);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => failed(new Error(`The server ended with ${code}:\n${output}`)));
  });
}

async function untilReady(url: string): Promise<void> {
  const end = Date.now() + READY_MS;
  while (Date.now() < end) {
    const sources = (await fetch(`${url}/api/sources`).then((answer) => answer.json())) as { ready: boolean };
    if (sources.ready) return;
    await new Promise((wait) => setTimeout(wait, 250));
  }
  throw new Error('The sources were not read in time');
}

/** @param paths folders to read instead of the sample estate. */
export async function startServer(paths: readonly string[] = []): Promise<TestServer> {
  const data = mkdtempSync(join(tmpdir(), 'atrium-e2e-'));
  const child = spawn(
    process.execPath,
    ['server/start.ts', '--port', '0', '--data', join(data, 'store'), ...paths],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  try {
    const url = await addressFrom(child);
    await untilReady(url);
    return { url, stop };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
