import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import { clean } from '../kernel/store/row-set.ts';

/** @param kind of a ref that doesn't say it. @throws {AtriumError} INPUT_INVALID */
export function readRef(text: string, kind?: string): string {
  if (clean(text) !== text) throw new AtriumError('INPUT_INVALID', 'A ref holds no control characters');
  try {
    return canonicalRef(text, { kind });
  } catch (cause) {
    throw new AtriumError('INPUT_INVALID', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A ref of whoever may own something. @throws {AtriumError} INPUT_INVALID */
export function readOwner(text: string): string {
  const ref = readRef(text, 'group');
  if (/^(group|user):/.test(ref)) return ref;
  throw new AtriumError('INPUT_INVALID', `${ref} owns nothing: name a group or a person`);
}
