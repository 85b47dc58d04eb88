import { errorTable } from '#model/error-table.ts';
import { AtriumError, type ErrorCode } from '#model/errors.ts';

const DEFAULT_URL = 'http://127.0.0.1:7007';
const TIMEOUT_MS = 30_000;

/** Options of every command that asks a running portal. */
export const portalOptions = {
  url: { type: 'string', default: DEFAULT_URL },
  token: { type: 'string' },
} as const;

export interface PortalAccess {
  url: string;
  token?: string | undefined;
}

/** The portal that the options name. A token in the environment is not seen by others on the machine. */
export function portalOf({ url, token = process.env.ATRIUM_TOKEN }: PortalAccess): PortalAccess {
  return { url, token };
}

/**
 * Asks a running portal; sends a body where there is one.
 * @throws {AtriumError} with the portal's own code, or SOURCE_UNREADABLE when it doesn't answer.
 */
export async function ask<T>({ url, token }: PortalAccess, path: string, body?: object): Promise<T> {
  const response = await fetch(new URL(path, url), {
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause) => {
    throw new AtriumError('SOURCE_UNREADABLE', `No portal answers at ${url}; start one with "atrium start"`, {
      cause,
    });
  });
  const answer = (await response.json()) as T & { error?: { code?: string; message?: string } };
  if (response.ok) return answer;
  const code = answer.error?.code ?? 'INTERNAL';
  throw new AtriumError(
    code in errorTable ? (code as ErrorCode) : 'INTERNAL',
    answer.error?.message ?? response.statusText,
  );
}
