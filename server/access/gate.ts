/** The gate before every route: who asks, whether they may, and what is written down of it. */
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { type Permission, permissionRow } from '#model/permissions.ts';
import { canonicalRef } from '#model/ref.ts';
import type { CatalogTables } from '../catalog/index.ts';
import { anonymous, type Gate, type Principal } from '../kernel/gate.ts';
import type { Audit } from './audit.ts';
import { readOwner } from './people.ts';
import type { Policy } from './policy.ts';
import { called, explain, factsOf } from './policy-why.ts';
import { RefusedToken, type Tokens } from './tokens.ts';

export interface GateOptions {
  db: Kysely<CatalogTables>;
  policy: Policy;
  tokens: Tokens;
  audit: Pick<Audit, 'record'>;
  /** Who is signed in, or sits at the machine. */
  sessions: {
    principalOf(request: FastifyRequest): Principal | undefined | Promise<Principal | undefined>;
    /** The same for a request that came in earlier, read anew. */
    stillIn(request: FastifyRequest): Promise<Principal | undefined>;
    onEnded(listener: () => void): void;
  };
}

const BEARER = /^bearer +/i;
const MACHINE = 'token:';

/**
 * The gate of a running portal. Whoever sends a token is whoever it belongs to, and nobody when it is not valid;
 * then the session counts. What is known already is answered without a promise.
 */
export function createGate(options: GateOptions): Gate {
  const { policy, tokens, sessions } = options;
  const nobody: Principal = { ...anonymous, roles: policy.anonymousRoles() };
  const refusals = new Refusals(options);
  const accept = (request: FastifyRequest, found: Principal | RefusedToken) =>
    found instanceof RefusedToken ? refusals.ofToken(request, found) : found;
  return {
    authenticate(request) {
      const token = tokenOf(request);
      if (token !== undefined) {
        const found = tokens.principalOf(token, request.ip);
        return found instanceof Promise
          ? found.then((known) => accept(request, known))
          : accept(request, found);
      }
      const known = sessions.principalOf(request);
      return known instanceof Promise ? known.then((person) => person ?? nobody) : (known ?? nobody);
    },
    authorize(request, permission, target) {
      const verdict = policy.verdict(request.principal, permission);
      if (verdict === 'always') return undefined;
      return decide(options, refusals, request, permission, target);
    },
    audit: (request, permission, status) => refusals.orWrite(request, permission, status),
    lookAgain: () => lookAgain(options, nobody),
    onEnded(listener) {
      sessions.onEnded(listener);
      tokens.onRevoked(listener);
    },
  };
}

/** Requests with the same credentials are answered together. */
function lookAgain({ policy, tokens, sessions }: GateOptions, nobody: Principal) {
  const known = new Map<string, Promise<Principal | undefined>>();
  const read = async (request: FastifyRequest): Promise<Principal | undefined> => {
    const token = tokenOf(request);
    if (token !== undefined) {
      const found = await tokens.stillIs(token, request.ip);
      return found instanceof RefusedToken ? undefined : found;
    }
    const person = await sessions.stillIn(request);
    // Who was somebody is not let in as nobody.
    return person ?? (request.principal.kind === 'anonymous' ? nobody : undefined);
  };
  return async (request: FastifyRequest): Promise<boolean> => {
    const { authorization, cookie } = request.headers;
    const credentials = `${authorization ?? ''}\n${cookie ?? ''}`;
    const reading = known.get(credentials) ?? read(request);
    known.set(credentials, reading);
    const principal = await reading;
    const { permission } = request.routeOptions.config;
    if (!principal || permission === undefined) return false;
    return permission === 'public' || policy.verdict(principal, permission) !== 'never';
  };
}

function tokenOf({ headers: { authorization } }: FastifyRequest): string | undefined {
  const hasToken = authorization !== undefined && BEARER.test(authorization);
  return hasToken ? authorization.replace(BEARER, '').trim() : undefined;
}

/** What hangs on the entity, and what is refused: neither is the way that most requests take. */
async function decide(
  { db, policy }: GateOptions,
  refusals: Refusals,
  request: FastifyRequest,
  permission: Permission,
  about: string | undefined,
): Promise<void> {
  const { principal } = request;
  const ref = permissionRow(permission).ofEntity ? readTarget(about) : undefined;
  const needsOwner = ref !== undefined && policy.dependsOnOwner(principal, permission, ref);
  const owned = needsOwner ? await readOwner(db, ref) : { exists: true, owner: null };
  const target = ref === undefined ? undefined : { ref, ...owned };
  const facts = target && factsOf(principal, target);
  if (policy.decide(principal, permission, facts).allowed) return;
  const { why } = explain(policy, { principal, permission, ...(target ? { target } : {}) });
  await refusals.of(request, permission, about, why[0]?.text ?? '');
}

function readTarget(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : canonicalRef(text);
  } catch {
    return undefined;
  }
}

/** Puts refusals into the audit, each once, and then throws them. */
class Refusals {
  readonly #audit: GateOptions['audit'];
  readonly #told = new WeakSet<FastifyRequest>();

  constructor({ audit }: GateOptions) {
    this.#audit = audit;
  }

  async ofToken(request: FastifyRequest, { reason, id }: RefusedToken): Promise<never> {
    request.auditDetail = { after: { reason }, ...(id === null ? {} : { target: MACHINE + id }) };
    await this.#write(request, 'access.token', 401);
    throw new AtriumError('SIGN_IN_NEEDED', reason);
  }

  async of(
    request: FastifyRequest,
    permission: Permission,
    target: string | undefined,
    why: string,
  ): Promise<never> {
    const { principal } = request;
    const code = principal.kind === 'anonymous' ? 'SIGN_IN_NEEDED' : 'ACCESS_DENIED';
    const { summary } = permissionRow(permission);
    const message = `${called(principal)} may not ${summary} (${permission}). ${why}`;
    const error = new AtriumError(code, message);
    const { auditDetail: asked } = request;
    request.auditDetail = {
      ...asked,
      ...(target === undefined ? {} : { target }),
      after: { reason: why, ...(asked.after === undefined ? {} : { asked: asked.after }) },
    };
    await this.#write(request, permission, error.status);
    throw error;
  }

  /** What was written down as refused before the handler began is not written twice. */
  async orWrite(request: FastifyRequest, action: string, status: number): Promise<void> {
    if (!this.#told.has(request)) await this.#write(request, action, status);
  }

  async #write(request: FastifyRequest, action: string, status: number): Promise<void> {
    this.#told.add(request);
    const { principal, auditDetail, ip } = request;
    await this.#audit.record({
      actor: principal.id,
      behind: principal.actor ?? null,
      address: ip,
      action,
      outcome: status < 400 ? 'done' : status === 401 || status === 403 ? 'refused' : 'failed',
      status,
      ...auditDetail,
    });
  }
}
