import { once } from 'node:events';
import { runServer } from './server-process.ts';

/** Serves the portal until it is told to stop. */
export async function start(args: string[]): Promise<number> {
  const server = runServer(args);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
  const [code] = (await once(server, 'exit')) as [number | null];
  return code ?? 0;
}
