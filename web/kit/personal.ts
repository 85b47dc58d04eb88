/** What the browser keeps about whoever uses it: where they were and what they had begun to fill in. */
import type { Session } from '#server/access/contract.ts';

const personal = /^atrium-(recent|form-|template-editor|scorecard-|person$)/;
const PERSON = 'atrium-person';

/** Forgets it, so that who comes next on this machine does not see it; how the page looks stays as it is. */
export function forgetPersonal(storage: Storage = localStorage): void {
  for (const key of Object.keys(storage)) if (personal.test(key)) storage.removeItem(key);
}

/**
 * Forgets it as well when the session has ended by itself or elsewhere, or is another's now.
 * @returns whether it was somebody else's; then the page holds more of theirs and has to be loaded anew.
 */
export function keepApart(session: Session, storage: Storage = localStorage): boolean {
  const person = session.mode === 'sign-in' && session.signedIn ? session.principal.id : null;
  const before = storage.getItem(PERSON);
  const wasOther = before !== null && before !== person;
  if (wasOther) forgetPersonal(storage);
  if (person !== null) storage.setItem(PERSON, person);
  return wasOther;
}

/** Whether somebody was signed in here when the browser was told last. */
export function wasSignedIn(storage: Storage = localStorage): boolean {
  return storage.getItem(PERSON) !== null;
}
