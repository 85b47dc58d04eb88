/** Refs as requests hold them. */
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import { clean } from './store/row-set.ts';

export interface ReadRefOptions {
  /** Of a ref that doesn't say it. */
  kind?: string;
  /** Where the ref stands in the request, for whoever has to mend it. */
  field?: string;
}

/** @returns the canonical form. @throws {AtriumError} INPUT_INVALID */
export function readRef(text: string, { kind, field }: ReadRefOptions = {}): string {
  const where = field === undefined ? '' : `${field}: `;
  if (clean(text) !== text)
    throw new AtriumError('INPUT_INVALID', `${where}a ref holds no control characters`);
  try {
    return canonicalRef(text, { kind });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AtriumError('INPUT_INVALID', `${where}${reason}`, { cause });
  }
}
