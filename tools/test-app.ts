/** The HTTP server as the kernel makes it, for the tests of routes. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type Gate, openGate } from '#server/kernel/gate.ts';
import { createHttp } from '#server/kernel/http.ts';
import { createLog } from '#server/kernel/log.ts';

/** @param gate everybody may do everything without it. */
export async function testApp(
  register: (app: FastifyInstance) => void,
  gate: Gate = openGate,
): Promise<FastifyInstance> {
  const app = await createHttp(createLog('silent'), gate);
  register(app);
  await app.ready();
  return app;
}

/** Sends a request; fails on any answer but 200. */
export async function ask<T>(app: FastifyInstance, request: string | InjectOptions): Promise<T> {
  const answer = await app.inject(request);
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${answer.body}`);
  return answer.json<T>();
}
