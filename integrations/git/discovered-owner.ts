/** Turns what CODEOWNERS and the history say into an owner, with how sure that is. */
import type { Contribution } from '#model/contribution.ts';
import { formatRef } from '#model/ref.ts';
import type { FoundOwners } from './assemble.ts';
import { toName } from './discovered-names.ts';
import type { FolderHistory } from './history.ts';

export interface Owner {
  ref: string;
  provenance: NonNullable<Contribution['fields']>[string];
}

/** Fewer commits, or a smaller share of them, say nothing of who answers for a folder. */
const FEWEST_COMMITS = 3;
const SMALLEST_SHARE = 0.4;

export function ownerOf(
  owners: FoundOwners | undefined,
  history: FolderHistory | undefined,
): Owner | undefined {
  const [first, ...others] = owners?.names ?? [];
  if (owners && first !== undefined) {
    const note = [owners.note, others.length > 0 ? `also ${others.join(', ')}` : undefined]
      .filter(Boolean)
      .join('; ');
    return {
      ref: ownerRef(first),
      provenance: { confidence: owners.confidence, place: owners.place, ...(note && { note }) },
    };
  }
  const author = history?.author;
  if (!author || author.commits < FEWEST_COMMITS || author.share < SMALLEST_SHARE) return undefined;
  const note = `${Math.round(author.share * 100)} % of the commits of the last year`;
  return { ref: ownerRef(author.email), provenance: { confidence: 'guess', note } };
}

/** `@org/team` is a group; `@person` and e-mail addresses are people. */
function ownerRef(written: string): string {
  const team = /^@[^/]+\/(.+)$/.exec(written)?.[1];
  if (team !== undefined) return formatRef({ kind: 'group', namespace: 'default', name: toName(team) });
  const person = written.startsWith('@') ? written.slice(1) : (written.split('@')[0] ?? written);
  // GitHub hides addresses as 123+login@users.noreply.github.com.
  const login = written.endsWith('@users.noreply.github.com') ? person.replace(/^\d+\+/, '') : person;
  return formatRef({ kind: 'user', namespace: 'default', name: toName(login) });
}
