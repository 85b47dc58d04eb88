import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import { testApp } from '#tools/test-app.ts';
import { registerEvents } from './events-route.ts';
import { ChangeFeed } from './feed.ts';

let app: FastifyInstance;
afterEach(() => app.close());

async function listen() {
  const feed = new ChangeFeed();
  const listeners = new Set<() => void>();
  let step = 0;
  const progress = {
    current: () => ({ step }),
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  app = await testApp((server) =>
    registerEvents(server, {
      feed,
      progress,
      scores: { onChange: () => () => undefined },
      docs: { onChange: () => () => undefined },
    }),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const leave = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/events`, { signal: leave.signal });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
  })().catch(() => undefined);
  const advance = () => {
    step += 1;
    for (const listener of listeners) listener();
  };
  return { feed, listeners, advance, leave, response, reading, heard: () => text };
}

test('sends progress at once and when it moves, and changes gathered', async () => {
  const { feed, advance, response, heard } = await listen();
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  await vi.waitFor(() => expect(heard()).toContain('event: progress\ndata: {"step":0}\n\n'));
  advance();
  await vi.waitFor(() => expect(heard()).toContain('{"step":1}'));
  for (let seq = 1; seq <= 50; seq++) feed.publish({ seq, refs: [`a:b/${seq}`], related: ['x:y/z'] });
  await vi.waitFor(() => expect(heard()).toContain('"seq":50'));
  const changes = heard()
    .split('event: change\ndata: ')
    .slice(1)
    .map((event) => JSON.parse(event.split('\n')[0] ?? ''));
  expect(changes).toHaveLength(2);
  expect(changes[0]).toEqual({ seq: 1, refs: ['a:b/1', 'x:y/z'] });
  expect(changes[1].refs).toHaveLength(50);
});

test('a notice without names says that anything may have changed', async () => {
  const { feed, heard } = await listen();
  feed.publish({ seq: 7, refs: [], related: [] });
  await vi.waitFor(() => expect(heard()).toContain('event: change\ndata: {"seq":7,"refs":[]}\n\n'));
});

test('lets go of a client that has left, and of all when the server closes', async () => {
  const one = await listen();
  expect(one.listeners.size).toBe(1);
  one.leave.abort();
  await vi.waitFor(() => expect(one.listeners.size).toBe(0));
  await app.close();
  const two = await listen();
  await app.close();
  await two.reading;
  expect(two.listeners.size).toBe(0);
});
