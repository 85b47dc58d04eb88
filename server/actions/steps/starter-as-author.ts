/** Whose name a commit of a run bears: who started it, unless the template names somebody. */
import type { StepContext } from '../step-action.ts';

export function starterAsAuthor(
  {
    gitAuthorName,
    gitAuthorEmail,
  }: { gitAuthorName?: string | undefined; gitAuthorEmail?: string | undefined },
  { user }: Pick<StepContext, 'user'>,
): { name: string; email: string } {
  const profile = (user.entity?.spec?.profile ?? {}) as { displayName?: unknown; email?: unknown };
  const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  return {
    name: gitAuthorName ?? word(profile.displayName) ?? user.ref,
    email: gitAuthorEmail ?? word(profile.email) ?? 'atrium@localhost',
  };
}
