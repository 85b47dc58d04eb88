import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { testApp } from '#tools/test-app.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import { openGate } from '../kernel/gate.ts';
import type { Store } from '../kernel/store/store.ts';
import { sendRun } from './run-stream.ts';
import { openTestRuns, type TestRuns, templateEntity, workspaceAction } from './runs/test-support.ts';

let store: Store<TestTables>;
let world: TestRuns;
let app: FastifyInstance;
let goOn: PromiseWithResolvers<void>;
let letOut: () => void;
let isLetIn: boolean;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await clearStore(store);
  goOn = Promise.withResolvers<void>();
  isLetIn = true;
  const wait = workspaceAction('wait', async ({ log }) => {
    log.info('Waiting');
    await goOn.promise;
    return { output: {} };
  });
  const template = templateEntity('wait', [{ id: 'first', name: 'First', action: 'wait' }]);
  world = await openTestRuns(store as never, { templates: [template], actions: [wait] });
  await world.runs.work();
  const gate = {
    ...openGate,
    lookAgain: () => async () => isLetIn,
    onEnded: (listener: () => void) => {
      letOut = listener;
    },
  };
  app = await testApp((server) => {
    server.get<{ Params: { id: string } }>(
      '/api/stream/:id',
      { config: { permission: 'run.read' } },
      (request, reply) =>
        sendRun(world, server.eventStreams.open(request, reply), {
          id: request.params.id,
          after: 0,
          frame: ({ kind, message, state }) => `event: ${kind}\ndata: ${state ?? message}\n\n`,
          last: ({ state }) => `event: end\ndata: ${state}\n\n`,
        }),
    );
  }, gate);
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  goOn.resolve();
  await app.close();
  await world.close();
});

/** What a stream has sent up to a text, or until it ended. */
async function heard(body: AsyncIterator<Uint8Array>, upTo?: string): Promise<string> {
  let text = '';
  for (;;) {
    const { value, done } = await body.next();
    if (done) return text;
    text += new TextDecoder().decode(value);
    if (upTo !== undefined && text.includes(upTo)) return text;
  }
}

async function follow(): Promise<AsyncIterator<Uint8Array>> {
  const id = await world.start('wait');
  const { port } = app.server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/api/stream/${id}`);
  if (!response.body) throw new Error('There is no body');
  return response.body[Symbol.asyncIterator]();
}

it('tells what happens in a run, and ends with it', async () => {
  const stream = await follow();
  await heard(stream, 'event: log\ndata: Waiting\n\n');
  goOn.resolve();
  const rest = await heard(stream);
  expect(rest).toContain('event: step\ndata: done\n\n');
  expect(rest).toMatch(/event: end\ndata: succeeded\n\n$/);
});

it('ends before the run does for whoever is not let in any more', async () => {
  const stream = await follow();
  await heard(stream, 'Waiting');
  isLetIn = false;
  letOut();
  expect(await heard(stream)).not.toContain('event: end');
});
