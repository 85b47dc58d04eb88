/** A server of its own for the tests, on a free port and with the sample estate. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPortal } from '../tools/portal.ts';

export interface TestServer {
  url: string;
  stop(): Promise<void>;
}

const READY_MS = 280_000;

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
  const portal = await startPortal(['--data', join(data, 'store'), ...paths]);
  try {
    await untilReady(portal.url);
  } catch (error) {
    await portal.kill();
    throw error;
  }
  return {
    url: portal.url,
    async stop() {
      await portal.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
