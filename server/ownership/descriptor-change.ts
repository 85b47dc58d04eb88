/** Opens the change of the descriptor that says in its repository what was approved in the portal. */
import { AtriumError } from '#model/errors.ts';
import type { Proposal, ProposedChange } from '#model/integration.ts';
import { editOwner } from '#model/owner-edit.ts';
import { parseRef } from '#model/ref.ts';
import type { Declaration } from '../catalog/index.ts';
import type { OwnershipRequest } from './contract.ts';
import { partiesOf } from './parties.ts';
import type { RequestRow } from './request-rules.ts';
import type { RequestDeps } from './requests.ts';

export interface ChangeDeps extends RequestDeps {
  /** Opens a change of a file that a source reads. */
  propose(source: string, change: Omit<ProposedChange, 'readOnly'>): Promise<Proposal | undefined>;
}

type Change = NonNullable<OwnershipRequest['change']>;

const none = { branch: null, repository: null, path: null, patch: null };

/** Never throws for what the repository or the descriptor is like: ownership has moved already. */
export async function proposeOwner(
  deps: ChangeDeps,
  row: RequestRow,
  declaration: Declaration | undefined,
): Promise<Change> {
  if (!declaration)
    return { ...none, state: 'not-needed', note: 'No descriptor declares it; the portal keeps the owner.' };
  try {
    const proposal = await propose(deps, row, declaration);
    if (!proposal) return { ...none, state: 'not-needed', note: 'The descriptor names this owner already.' };
    const { branch = null, ...rest } = proposal;
    return { state: 'opened', ...rest, branch };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const note = `The descriptor has to be changed by hand: ${reason}`;
    return { ...none, state: 'failed', path: declaration.place.path ?? null, note };
  }
}

async function propose(deps: ChangeDeps, row: RequestRow, { source, part }: Declaration) {
  const { entity, to_owner, requested_by, requester_name, reason } = row;
  const name = await nameOf(deps, to_owner);
  const parties = await partiesOf(deps.db, [requested_by]);
  const { email } = parties(requested_by);
  return deps.propose(source, {
    part,
    edit(text) {
      const edit = editOwner(text, entity, { ref: to_owner, name });
      if ('reason' in edit) throw new AtriumError('ENTITY_INVALID', edit.reason);
      return edit.text;
    },
    branch: `atrium/owner-of-${branchWord(parseRef(entity).name)}-${row.id.slice(0, 8)}`,
    title: `${name} owns ${parseRef(entity).name}`,
    body: `${reason}\n\nAsked for by ${requester_name} and approved in the portal.`,
    author: { name: requester_name, email: email ?? 'atrium@localhost' },
    at: deps.now(),
  });
}

/** In the case in which its own descriptor writes it. */
async function nameOf({ db }: ChangeDeps, ref: string): Promise<string> {
  const row = await db.selectFrom('entity').select('name').where('ref', '=', ref).executeTakeFirst();
  return row?.name ?? parseRef(ref).name;
}

/** Not every name of an entity can be part of a branch's. */
function branchWord(name: string): string {
  return name.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '');
}
