/** What the page keeps about whoever uses it: where they were and what they had begun to fill in. */
const personal = /^atrium-(recent|form-|template-editor|scorecard-)/;

/** Forgets it, so that who comes next on this machine does not see it; how the page looks stays as it is. */
export function forgetPersonal(storage: Storage = localStorage): void {
  for (const key of Object.keys(storage)) if (personal.test(key)) storage.removeItem(key);
}
