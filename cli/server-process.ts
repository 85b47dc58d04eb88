import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../server/start.ts', import.meta.url));
/** As in package.json: with a small nursery the heap stays a quarter smaller while a whole estate passes through. */
const NODE_FLAGS = ['--max-semi-space-size=4'];
const LISTENING = /^Atrium is at (https?:\S+)/;

/** Runs the server as a child whose output goes where ours does. */
export function runServer(args: string[]): ChildProcess {
  return spawn(process.execPath, [...NODE_FLAGS, MAIN, ...args], { stdio: 'inherit' });
}

export interface ServerProcess {
  url: string;
  stop(): Promise<void>;
}

/**
 * Runs a server of our own for the time of one command.
 * @param port a free one where none is named. @throws when it ends before it listens.
 */
export async function temporaryServer(args: string[], port = '0'): Promise<ServerProcess> {
  const child = spawn(
    process.execPath,
    [...NODE_FLAGS, MAIN, ...args, '--port', port, '--memory', '--quiet'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = LISTENING.exec(line)?.[1];
    if (!url) continue;
    return {
      url,
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('The reader ended before it was ready');
}
