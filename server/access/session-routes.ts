/** Who asks, where they are signed in, and how they leave. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { CatalogTables } from '../catalog/index.ts';
import { withoutSecrets } from '../kernel/secret.ts';
import type { Audit } from './audit.ts';
import * as contract from './contract.ts';
import type { LocalMode } from './local-mode.ts';
import { readPerson } from './people.ts';
import type { Policy } from './policy.ts';
import type { SessionRow } from './session-store.ts';
import type { Sessions } from './sessions.ts';
import type { IdentityProvider } from './sign-in-provider.ts';

export interface SessionApiDeps {
  db: Kysely<CatalogTables>;
  policy: Pick<Policy, 'always'>;
  sessions: Sessions;
  /** Undefined where people sign in. */
  local: LocalMode | undefined;
  providers: readonly IdentityProvider[];
  audit: Pick<Audit, 'record'>;
  url: () => URL;
}

const tags = ['access'];
/** Whoever is known may ask; to leave nobody needs to be allowed anything. */
const open = { permission: 'public' } as const;
const own = { permission: 'access.self' } as const;
const paramsSchema = z.object({ id: z.uuid() });
type ViewAs = z.infer<typeof contract.viewAsBodySchema>;

export function registerSessionApi(app: FastifyInstance, deps: SessionApiDeps): void {
  const { sessions } = deps;
  app.addHook('onSend', (request, reply, _payload, done) => {
    // An answer that may be taken from the browser's own cache is no carrier for a cookie.
    if (reply.statusCode === 304 || !sessions.isDue(request)) done();
    else sessions.rotate(request, reply).then(() => done(), done);
  });
  app.get(
    '/api/session',
    {
      config: open,
      schema: { tags, summary: 'Who asks, and what they may do', response: { 200: contract.sessionSchema } },
    },
    (request) => describe(deps, request),
  );
  app.get(
    '/api/session/sessions',
    {
      config: own,
      schema: { tags, summary: 'Where they are signed in', response: { 200: contract.openSessionsSchema } },
    },
    async (request) => ({ sessions: await sessions.list(request, request.principal.id) }),
  );
  app.delete<{ Params: z.infer<typeof paramsSchema> }>(
    '/api/session/sessions/:id',
    { config: own, schema: { tags, summary: 'Ends a session of theirs', params: paramsSchema } },
    async (request, reply) => {
      const { id } = request.params;
      request.auditDetail = { target: `session:${id}` };
      await sessions.endOne(request.principal.id, id);
      return reply.code(204).send();
    },
  );
  registerLeaving(app, deps);
}

function registerLeaving(app: FastifyInstance, deps: SessionApiDeps): void {
  const { sessions } = deps;
  // Open to everybody, so what was done is put into the audit here.
  const audited = (action: string) => ({
    onSend: async (request: FastifyRequest, { statusCode }: FastifyReply) => {
      if (statusCode >= 400 || request.auditDetail.target) await tell(deps, request, action, statusCode);
    },
  });
  app.post(
    '/api/session/sign-out',
    {
      config: open,
      ...audited('access.sign-out'),
      schema: {
        tags,
        summary: 'Ends the session of this browser',
        response: { 200: contract.signedOutSchema },
      },
    },
    async (request, reply) => {
      const row = await sessions.end(request, reply);
      if (row) request.auditDetail = { target: `session:${row.id}` };
      return { redirect: await wayOut(deps, request, row) };
    },
  );
  app.post(
    '/api/session/sign-out-everywhere',
    {
      config: own,
      schema: { tags, summary: 'Ends all their sessions', response: { 200: contract.signedOutSchema } },
    },
    async (request, reply) => {
      const { id } = request.principal;
      const { ended, own: row } = await sessions.endAll(request, reply, id);
      request.auditDetail = { target: id, after: { sessionsEnded: ended } };
      return { redirect: await wayOut(deps, request, row) };
    },
  );
  app.post<{ Body: ViewAs }>(
    '/api/session/view-as',
    {
      config: open,
      ...audited('access.view-as'),
      schema: {
        tags,
        summary: 'In local mode: as whom to look at the portal',
        body: contract.viewAsBodySchema,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      if (!deps.local)
        throw new AtriumError('ACCESS_DENIED', 'Where people sign in, everybody looks as who they are');
      const ref = await deps.local.viewAs(reply, request.body.ref);
      request.auditDetail = { target: ref ?? deps.local.principal.id };
      return reply.code(204).send();
    },
  );
}

async function describe(deps: SessionApiDeps, { principal }: FastifyRequest): Promise<contract.Session> {
  const { id, kind, ref, name, groups, roles } = principal;
  const person = ref === null ? undefined : await readPerson(deps.db, ref);
  return {
    mode: deps.local ? 'local' : 'sign-in',
    signedIn: kind !== 'anonymous',
    principal: { id, kind, ref, name, email: person?.email ?? null, groups: [...groups], roles: [...roles] },
    viewingAs: deps.local && principal.actor === deps.local.principal.id ? ref : null,
    may: deps.policy.always(principal),
    providers: deps.providers.map((provider) => ({
      id: provider.id,
      title: provider.title,
      kind: provider.kind,
    })),
  };
}

/** Where the provider ends its own session as well. One that doesn't answer keeps nobody from leaving here. */
async function wayOut(
  deps: SessionApiDeps,
  request: FastifyRequest,
  row: SessionRow | undefined,
): Promise<string | null> {
  if (!row) return null;
  const provider = deps.providers.find(({ id }) => id === row.provider);
  try {
    const url = await provider?.leave(new URL('/sign-in', deps.url()), row.id_token);
    return url?.href ?? null;
  } catch (error) {
    const reason = withoutSecrets((error as Error).message);
    request.log.warn({ provider: row.provider, reason }, 'the session at the provider goes on');
    return null;
  }
}

async function tell({ audit }: SessionApiDeps, request: FastifyRequest, action: string, status: number) {
  const { principal, ip, auditDetail } = request;
  const outcome = status < 400 ? 'done' : status === 401 || status === 403 ? 'refused' : 'failed';
  const who = { actor: principal.id, behind: principal.actor ?? null, address: ip };
  await audit.record({ ...who, action, outcome, status, ...auditDetail });
}
