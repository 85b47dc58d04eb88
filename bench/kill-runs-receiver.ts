/** The outside of the runs that are killed: it counts what arrives, by the key of the step that sent it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** So that a kill can come before it is counted, and after. */
const LONGEST_PAUSE_MS = 300;

export interface Receiver {
  url: string;
  /** How often a step was received whose key is of that run. */
  of(run: string): number;
  count(): number;
  close(): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    await sleep(Math.random() * LONGEST_PAUSE_MS);
    received.push(String(request.headers['idempotency-key']));
    await sleep(Math.random() * LONGEST_PAUSE_MS);
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"accepted":true}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    of: (run) => received.filter((key) => key.startsWith(`${run}/`)).length,
    count: () => received.length,
    close: () => server.close(),
  };
}
