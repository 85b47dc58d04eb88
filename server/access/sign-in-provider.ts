/** What every identity provider does for a sign-in, however it is spoken to. */
import { AuthorizationResponseError, ClientError, type CustomFetch, ResponseBodyError } from 'openid-client';
import { AtriumError, type ErrorCode } from '#model/errors.ts';

/** Whom a provider says that it has let in. */
export interface Identity {
  /** By which the provider always knows the person. */
  subject: string;
  /** What she is called there; may change, and may once have been somebody else's. */
  login: string | null;
  /** Only one that the provider doesn't call unverified. */
  email: string | null;
  name: string | null;
  groups: string[];
  /** To be shown to the provider when its own session is to end as well. */
  idToken: string | null;
}

/** What ties the two halves of a sign-in together. */
export interface Ties {
  state: string;
  nonce: string;
  verifier: string;
}

export interface IdentityProvider {
  readonly id: string;
  readonly title: string;
  readonly kind: 'oidc' | 'github';
  /** Where it can be read who it is. */
  readonly address: string;
  /** Where to send the browser. @throws {AtriumError} SIGN_IN_UNAVAILABLE, SIGN_IN_FAILED */
  begin(callback: URL, ties: Ties): Promise<URL>;
  /**
   * @param url with which the browser came back.
   * @throws {AtriumError} SIGN_IN_DENIED, SIGN_IN_EXPIRED, SIGN_IN_UNAVAILABLE, SIGN_IN_FAILED
   */
  finish(url: URL, ties: Ties): Promise<Identity>;
  /** Where to send the browser so that the provider's session ends too; undefined where it offers no such thing. */
  leave(back: URL, idToken: string | null): Promise<URL | undefined>;
}

/** Seconds that a provider has for each answer. */
export const TIME_LIMIT_SECONDS = 10;

/** Tells a provider that doesn't answer from one that answers wrongly. */
export function reaching(fetch: typeof globalThis.fetch): CustomFetch {
  return async (url, { body, ...options }) => {
    const request = { ...options, ...(body == null ? {} : { body: body as BodyInit }) };
    const response = await fetch(url, request).catch((cause: unknown) => {
      throw new AtriumError('SIGN_IN_UNAVAILABLE', `${new URL(url).host} does not answer`, { cause });
    });
    if (response.status < 500 && response.status !== 429) return response;
    throw new AtriumError('SIGN_IN_UNAVAILABLE', `${new URL(url).host} answers with ${response.status}`);
  };
}

const denials = new Set([
  'access_denied',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
]);
const pauses = new Set(['server_error', 'temporarily_unavailable']);

/** Runs one half of a sign-in; whatever goes wrong in it is one of the errors that a person is told of. */
export async function asSignIn<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = knownIn(error);
    if (known) throw known;
    throw new AtriumError(codeOf(error), reasonOf(error), { cause: error });
  }
}

/** The library puts what it doesn't know into the cause of its own error. */
function knownIn(error: unknown): AtriumError | undefined {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each instanceof AtriumError) return each;
  }
  return undefined;
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof AuthorizationResponseError) {
    if (denials.has(error.error)) return 'SIGN_IN_DENIED';
    return pauses.has(error.error) ? 'SIGN_IN_UNAVAILABLE' : 'SIGN_IN_FAILED';
  }
  if (error instanceof ResponseBodyError) {
    return error.error === 'invalid_grant' ? 'SIGN_IN_EXPIRED' : 'SIGN_IN_FAILED';
  }
  return error instanceof ClientError && error.code === 'OAUTH_TIMEOUT'
    ? 'SIGN_IN_UNAVAILABLE'
    : 'SIGN_IN_FAILED';
}

const LONGEST_REASON = 500;

/** In words for the log and the audit. Nothing that was sent, which may hold codes and tokens. */
function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return [error.error, error.error_description].filter(Boolean).join(': ').slice(0, LONGEST_REASON);
  }
  const texts: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) texts.push(each.message);
  return texts.join(': ').slice(0, LONGEST_REASON);
}
