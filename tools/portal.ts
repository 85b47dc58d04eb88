/** Starts a portal as people do, for tests, benchmarks and tools. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const main = join(import.meta.dirname, '../server/start.ts');
const LISTENING = /^Atrium is at (https?:\S+)/;
const STOP_MS = 15_000;

export interface Portal {
  url: string;
  process: ChildProcess;
  /** The end of what it has printed. */
  said(): string;
  /** Asks it to end, and ends it when it doesn't. */
  stop(): Promise<void>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/**
 * Resolves when it listens, on a free port unless the arguments name one.
 * @param program what starts it, where that is not this checkout.
 * @throws when it ends before.
 */
export async function startPortal(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  program = main,
): Promise<Portal> {
  const port = args.includes('--port') ? [] : ['--port', '0'];
  const child = spawn(process.execPath, [program, ...args, ...port], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  const ended = once(child, 'exit');
  let said = '';
  const listen = (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4000);
  };
  child.stderr.on('data', listen);
  const url = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      listen(Buffer.from(`${line}\n`));
      const address = LISTENING.exec(line)?.[1];
      if (address) resolve(address);
    });
    void ended.then(() => reject(new Error(`The portal ended before it listened:\n${said}`)));
  });
  return {
    url,
    process: child,
    said: () => said,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks for JSON. @throws when the answer is not a success. */
export async function ask<T>(url: string, path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(`${url}${path}`, init);
  if (!answer.ok)
    throw new Error(`${path} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}
