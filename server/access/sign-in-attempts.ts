/** Sign-ins under way: each is tied to the browser that began it, and can be finished once. */
import { createHmac, hash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { Cookies } from './cookies.ts';
import type { SessionTables } from './session-tables.ts';
import type { Ties } from './sign-in-provider.ts';

export interface SignInAttemptsOptions {
  db: Kysely<SessionTables>;
  cookies: Cookies;
  now: () => Date;
}

const LASTS_MS = 10 * 60_000;
const SECRET_BYTES = 32;
const SECRET = /^[\w-]{43}$/;

export class SignInAttempts {
  readonly #options: SignInAttemptsOptions;

  constructor(options: SignInAttemptsOptions) {
    this.#options = options;
  }

  /** @param to where she wants to go in the portal. */
  async begin(request: FastifyRequest, reply: FastifyReply, provider: string, to: string): Promise<Ties> {
    const { db, cookies, now } = this.#options;
    const at = now();
    // Several tabs may sign in at once, so a browser that has a secret keeps it.
    const browser = this.#browserOf(request) ?? random();
    const state = random();
    await db
      .deleteFrom('sign_in_attempt')
      .where('started_at', '<=', new Date(at.getTime() - LASTS_MS))
      .execute();
    await db
      .insertInto('sign_in_attempt')
      .values({
        state_hash: hashed(state),
        browser_hash: hashed(browser),
        provider,
        to_path: to,
        started_at: at,
      })
      .execute();
    cookies.set(reply, 'browser', browser, LASTS_MS / 1000);
    return tiesOf(browser, state);
  }

  /**
   * Takes back what was begun; nobody can take it a second time.
   * @throws {AtriumError} SIGN_IN_EXPIRED
   */
  async take(request: FastifyRequest, provider: string, state: string): Promise<{ ties: Ties; to: string }> {
    const { db, now } = this.#options;
    const browser = this.#browserOf(request);
    if (browser === undefined) throw expired('was not begun in this browser');
    const row = await db
      .deleteFrom('sign_in_attempt')
      .where('state_hash', '=', hashed(state))
      .where('browser_hash', '=', hashed(browser))
      .where('provider', '=', provider)
      .returning(['to_path', 'started_at'])
      .executeTakeFirst();
    if (!row) throw expired('is not known, or was finished already');
    if (row.started_at.getTime() + LASTS_MS <= now().getTime()) throw expired('took too long');
    return { ties: tiesOf(browser, state), to: row.to_path };
  }

  #browserOf(request: FastifyRequest): string | undefined {
    const secret = this.#options.cookies.get(request, 'browser');
    return secret !== undefined && SECRET.test(secret) ? secret : undefined;
  }
}

/** Made from what only this browser has, so that the store alone is no help to finish a sign-in. */
function tiesOf(browser: string, state: string): Ties {
  const made = (purpose: string) =>
    createHmac('sha256', browser).update(`${purpose}\n${state}`).digest('base64url');
  return { state, nonce: made('nonce'), verifier: made('verifier') };
}

function random(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function hashed(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

function expired(how: string): AtriumError {
  return new AtriumError('SIGN_IN_EXPIRED', `The sign-in ${how}`);
}
