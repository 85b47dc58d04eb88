/** Pages that tell what was, or what is to be: what they name need not be there. */
import { markOf } from '../site/beside.ts';

const TELLS_OF_CHANGE =
  /(change[-_]?log|release|migrat|upgrad|deprecat|histor|what[-_']?s[-_]?new|news|roadmap)/i;
const SHELF =
  /(^|\/)(plans?|specs?|proposals?|rfcs?|designs?|enhancements|post[-_]?mortems?|incidents?|blog|posts|minutes|meetings?|archived?)\//i;
/** A day or month at the start of a name: it was true then. */
const DATED = /(^|\/)(19|20)\d\d[-_.]?[01]\d([-_.]|$)/;

/** @param path of its file. */
export function isPast(path: string): boolean {
  const mark = markOf(path, undefined);
  if (mark === 'decision' || mark === 'changelog') return true;
  return TELLS_OF_CHANGE.test(path) || SHELF.test(path) || DATED.test(path);
}
