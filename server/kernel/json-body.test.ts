import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testApp } from '#tools/test-app.ts';

let app: FastifyInstance;
beforeAll(async () => {
  app = await testApp((server) => {
    server.post('/echo', { config: { permission: 'public' } }, async ({ body }) => ({ body }));
  });
});
afterAll(() => app.close());

const post = (payload: string, type = 'application/json') =>
  app.inject({ method: 'POST', url: '/echo', headers: { 'content-type': type }, payload });

it.each([
  ['a character that no store holds', '{"a\\u0000b": 1}', 'U+0000'],
  ['what is nested without end', '['.repeat(300) + ']'.repeat(300), 'nested deeper'],
  ['a key that reaches into prototypes', '{"__proto__": {"a": 1}}', 'JSON'],
  ['what is no JSON', '{a: 1}', 'JSON'],
])('refuses %s', async (_what, payload, message) => {
  const answer = await post(payload);
  expect(answer.statusCode).toBe(400);
  expect(answer.json().error.message).toContain(message);
});

it('takes a backslash that only looks like it', async () => {
  expect((await post('{"a": "\\\\u0000"}')).json()).toEqual({ body: { a: '\\u0000' } });
});

it('takes nothing but JSON: any page could send the rest without being asked', async () => {
  expect((await post('a=1', 'application/x-www-form-urlencoded')).statusCode).toBe(400);
  expect((await post('{}', 'text/plain')).statusCode).toBe(400);
});
