/** The second half of a sign-in: who came back becomes a person of the catalog with a session. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AtriumError } from '#model/errors.ts';
import { withoutSecrets } from '../kernel/secret.ts';
import type { Audit } from './audit.ts';
import type { Sessions } from './sessions.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';
import type { SignInPeople } from './sign-in-people.ts';
import type { IdentityProvider } from './sign-in-provider.ts';

export interface SignInDeps {
  /** None in local mode. */
  providers: readonly IdentityProvider[];
  sessions: Sessions;
  attempts: SignInAttempts;
  people: SignInPeople;
  audit: Pick<Audit, 'record'>;
  /** Where people reach the portal. */
  url: () => URL;
  /** The portal is asked under that name by itself, and not through a proxy that has it. */
  ownName: boolean;
}

interface Return {
  request: FastifyRequest;
  reply: FastifyReply;
  provider: IdentityProvider;
  /** With which the browser came back. */
  url: URL;
  state: string;
  /** Gets to know where she wanted to go, even when the rest fails. */
  tried: { to: string };
}

/** @throws {AtriumError} SIGN_IN_EXPIRED, SIGN_IN_DENIED, SIGN_IN_UNAVAILABLE, SIGN_IN_FAILED */
export async function finishSignIn(deps: SignInDeps, came: Return): Promise<void> {
  const { request, reply, provider } = came;
  try {
    const { ties, to } = await deps.attempts.take(request, provider.id, came.state);
    came.tried.to = to;
    const identity = await provider.finish(came.url, ties);
    const person = await deps.people.admit(provider, identity);
    const { subject, email, idToken } = identity;
    // Before it is done: nobody is in of whom nothing is written down.
    await tell(deps, came, { actor: person, outcome: 'done', status: 302, after: { subject, email } });
    await deps.sessions.start(request, reply, { person, provider: provider.id, idToken });
  } catch (error) {
    if (!(error instanceof AtriumError)) throw error;
    const { code, status } = error;
    const reason = withoutSecrets(error.message);
    request.log.warn({ provider: provider.id, code, reason }, 'a sign-in was refused');
    await tell(deps, came, { actor: 'anonymous', outcome: 'refused', status, after: { code, reason } });
    throw error;
  }
}

interface Told {
  actor: string;
  outcome: 'done' | 'refused';
  status: number;
  after: object;
}

function tell({ audit }: SignInDeps, { request, provider }: Return, told: Told): Promise<void> {
  const target = `provider:${provider.id}`;
  return audit.record({ behind: null, address: request.ip, action: 'access.sign-in', target, ...told });
}
