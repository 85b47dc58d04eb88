import { AtriumError } from '#model/errors.ts';
import { readRef } from '../kernel/read-ref.ts';

/** A ref of whoever may own something. @throws {AtriumError} INPUT_INVALID */
export function readOwner(text: string): string {
  const ref = readRef(text, { kind: 'group' });
  if (/^(group|user):/.test(ref)) return ref;
  throw new AtriumError('INPUT_INVALID', `${ref} owns nothing: name a group or a person`);
}
