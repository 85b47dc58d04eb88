/** Sessions of everybody, for administrators. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { readRef } from '../kernel/read-ref.ts';
import * as contract from './contract.ts';
import type { Sessions } from './sessions.ts';

const config = { permission: 'access.session.all' } as const;
const tags = ['access'];
const paramsSchema = z.object({ id: z.uuid() });
const user = (text: string) => readRef(text, { kind: 'user', field: 'person' });

export function registerAllSessionsApi(app: FastifyInstance, sessions: Sessions): void {
  app.get<{ Querystring: z.infer<typeof contract.allSessionsQuerySchema> }>(
    '/api/sessions',
    {
      config,
      schema: {
        tags,
        summary: 'Who is signed in, and where; those that were used last',
        querystring: contract.allSessionsQuerySchema,
        response: { 200: contract.openSessionsSchema },
      },
    },
    async (request) => {
      const { person } = request.query;
      return { sessions: await sessions.list(request, person === undefined ? undefined : user(person)) };
    },
  );
  app.delete<{ Params: z.infer<typeof paramsSchema> }>(
    '/api/sessions/:id',
    { config, schema: { tags, summary: 'Ends a session', params: paramsSchema } },
    async (request, reply) => {
      const { id } = request.params;
      request.auditDetail = { target: `session:${id}` };
      const person = await sessions.endAny(id);
      request.auditDetail = { target: `session:${id}`, before: { person } };
      return reply.code(204).send();
    },
  );
  app.post<{ Body: z.infer<typeof contract.endSessionsBodySchema> }>(
    '/api/sessions/end',
    {
      config,
      schema: {
        tags,
        summary: 'Ends all sessions of a person, or of everybody',
        body: contract.endSessionsBodySchema,
        response: { 200: contract.endedSessionsSchema },
      },
    },
    async (request) => {
      const person = request.body.person === null ? null : user(request.body.person);
      request.auditDetail = { target: person ?? 'everybody' };
      const ended = await sessions.endOf(person);
      request.auditDetail = { target: person ?? 'everybody', after: { sessionsEnded: ended } };
      return { ended };
    },
  );
}
