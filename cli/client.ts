import { AtriumError, type ErrorCode, errorTable } from '#model/errors.ts';

export const DEFAULT_URL = 'http://127.0.0.1:7007';
const TIMEOUT_MS = 30_000;

/**
 * Asks a running portal.
 * @throws {AtriumError} with the portal's own code, or SOURCE_UNREADABLE when it doesn't answer.
 */
export async function ask<T>(base: string, path: string): Promise<T> {
  const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    (cause) => {
      throw new AtriumError(
        'SOURCE_UNREADABLE',
        `No portal answers at ${base}; start one with "atrium start"`,
        { cause },
      );
    },
  );
  const body = (await response.json()) as T & { error?: { code?: string; message?: string } };
  if (response.ok) return body;
  const code = body.error?.code ?? 'INTERNAL';
  throw new AtriumError(
    code in errorTable ? (code as ErrorCode) : 'INTERNAL',
    body.error?.message ?? response.statusText,
  );
}
