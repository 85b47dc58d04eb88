/** Approvals that runs wait for: who is asked, and what they said. */
import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef, refOf } from '#model/ref.ts';
import type { CatalogTables } from '../../catalog/index.ts';
import type { Principal } from '../../kernel/gate.ts';
import { approversOf as responsibleFor } from '../../ownership/index.ts';
import type { Runs } from '../runs/runs.ts';
import type { StepContext } from '../step-action.ts';
import type { ApprovalInput } from './approval-input.ts';
import type { ApprovalState, ApprovalTable, GuardedTables } from './tables.ts';

export type ApprovalRow = Selectable<ApprovalTable>;
export type Decision = 'approve' | 'decline';

export interface Vote {
  by: string;
  name: string;
  decision: Decision;
  reason: string;
  at: Date;
}

export interface Asked {
  id: string;
  state: ApprovalState;
  expiresAt: Date;
  approvers: readonly string[];
  votes: Vote[];
}

export interface ApprovalsDeps {
  db: Kysely<GuardedTables>;
  catalog: Kysely<CatalogTables>;
  now: () => Date;
  runs: () => Pick<Runs, 'reader' | 'ready' | 'wakeWithin' | 'look'>;
}

const HOUR_MS = 3600 * 1000;

export class Approvals {
  readonly #deps: ApprovalsDeps;

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
  }

  /** Who decides, as refs and `role:…`; the owner is that of the entity, else of the template. */
  async approversOf(
    from: string,
    { entity, template }: Pick<StepContext, 'entity' | 'template'>,
  ): Promise<string[]> {
    if (from.startsWith('role:')) return [from];
    if (from !== 'owner') return [canonicalRef(from)];
    const about = entity ? refOf(entity) : template.ref;
    const own = await responsibleFor(this.#deps.catalog, about);
    return own.length > 0 || about === template.ref ? own : responsibleFor(this.#deps.catalog, template.ref);
  }

  /** Asks once for each key. @throws {AtriumError} STEP_FAILED when there is nobody to ask. */
  async ask(context: StepContext, given: ApprovalInput): Promise<Asked> {
    const { db, now, runs } = this.#deps;
    const known = await this.#pending(context.key);
    if (known) return this.#asked(known);
    const approvers = await this.approversOf(given.from, context);
    if (approvers.length === 0) {
      throw new AtriumError(
        'STEP_FAILED',
        'Nobody can approve: neither the entity nor the template has an owner',
      );
    }
    const run = await runs().reader.row(context.runId);
    const at = now();
    await db
      .insertInto('approval')
      .values({
        id: randomUUID(),
        key: context.key,
        run: run.id,
        step: stepIn(context.key),
        template_title: run.template_title,
        summary: given.message ?? summaryOf(run),
        asked_by: JSON.stringify(run.starter),
        asked_at: at,
        expires_at: new Date(at.getTime() + given.expiresHours * HOUR_MS),
        approvers,
        quorum: given.quorum,
        state: 'open',
      })
      .onConflict((conflict) => conflict.column('key').where('answered', '=', false).doNothing())
      .execute();
    const asked = await this.#pending(context.key);
    if (!asked) throw new Error('An approval was lost');
    return this.#asked(asked);
  }

  /** The step has taken note: tried again, it asks anew. */
  async noted({ id }: Asked): Promise<void> {
    await this.#deps.db.updateTable('approval').set({ answered: true }).where('id', '=', id).execute();
  }

  /** Newest first. */
  async list(state: 'open' | 'decided'): Promise<{ row: ApprovalRow; votes: Vote[] }[]> {
    const { db, now } = this.#deps;
    const isOpen = sql<boolean>`(state = 'open' and expires_at > ${now()})`;
    const rows = await db
      .selectFrom('approval')
      .selectAll()
      .where(state === 'open' ? isOpen : sql<boolean>`not ${isOpen}`)
      .orderBy('asked_at', 'desc')
      .limit(500)
      .execute();
    const votes = await this.#votes(rows.map(({ id }) => id));
    return rows.map((row) => ({ row, votes: votes.get(row.id) ?? [] }));
  }

  /** @throws {AtriumError} APPROVAL_NOT_FOUND */
  async one(id: string): Promise<{ row: ApprovalRow; votes: Vote[] }> {
    const row = await this.#deps.db
      .selectFrom('approval')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) throw new AtriumError('APPROVAL_NOT_FOUND', `There is no approval ${id}`);
    return { row, votes: (await this.#votes([id])).get(id) ?? [] };
  }

  /** @throws {AtriumError} APPROVAL_NOT_FOUND, ACCESS_DENIED, APPROVAL_CLOSED */
  async decide(id: string, principal: Principal, decision: Decision, reason: string): Promise<void> {
    const { db, now } = this.#deps;
    const runs = this.#deps.runs();
    await runs.ready();
    await db.transaction().execute(async (tx) => {
      const row = await this.#toDecide(tx, id, principal);
      const { id: voter, name: voter_name } = principal;
      const vote = { approval: id, voter, voter_name, decision, reason, at: now() };
      const { numInsertedOrUpdatedRows: voted } = await tx
        .insertInto('approval_vote')
        .values(vote)
        .onConflict((conflict) => conflict.columns(['approval', 'voter']).doNothing())
        .executeTakeFirst();
      if (voted === 0n) throw closed('You have decided on it already');
      const { yes } = await tx
        .selectFrom('approval_vote')
        .select((eb) => eb.fn.countAll<number>().as('yes'))
        .where('approval', '=', id)
        .where('decision', '=', 'approve')
        .executeTakeFirstOrThrow();
      const isOver = decision === 'decline' || yes >= row.quorum;
      if (!isOver) return;
      const state = decision === 'decline' ? 'declined' : 'approved';
      await tx.updateTable('approval').set({ state, decided_at: now() }).where('id', '=', id).execute();
      await runs.wakeWithin(tx as never, row.run);
    });
    runs.look();
  }

  /** Has somebody else decide as well. @throws {AtriumError} as `decide`; INPUT_INVALID for whoever asked. */
  async delegate(id: string, principal: Principal, to: string): Promise<void> {
    const person = canonicalRef(to, { kind: 'user' });
    await this.#deps.db.transaction().execute(async (tx) => {
      const { asked_by: asker } = await this.#toDecide(tx, id, principal);
      if (asker.ref === person) throw new AtriumError('INPUT_INVALID', 'Whoever asked can’t approve it');
      await tx.updateTable('approval').set({ delegated_to: person }).where('id', '=', id).execute();
    });
  }

  async #toDecide(tx: Kysely<GuardedTables>, id: string, principal: Principal): Promise<ApprovalRow> {
    const row = await tx
      .selectFrom('approval')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new AtriumError('APPROVAL_NOT_FOUND', `There is no approval ${id}`);
    if (row.state !== 'open') throw closed(`It is ${row.state}`);
    if (row.expires_at <= this.#deps.now()) throw closed('Its time is over');
    const refusal = refusalFor(row, principal);
    if (refusal) throw new AtriumError('ACCESS_DENIED', refusal);
    return row;
  }

  async #pending(key: string): Promise<ApprovalRow | undefined> {
    return this.#deps.db
      .selectFrom('approval')
      .selectAll()
      .where('key', '=', key)
      .where('answered', '=', false)
      .executeTakeFirst();
  }

  async #asked(row: ApprovalRow): Promise<Asked> {
    const { id, expires_at: expiresAt, approvers } = row;
    const isLate = row.state === 'open' && expiresAt <= this.#deps.now();
    if (isLate) {
      const over = { state: 'expired', decided_at: expiresAt } as const;
      await this.#deps.db.updateTable('approval').set(over).where('id', '=', id).execute();
    }
    const votes = (await this.#votes([id])).get(id) ?? [];
    return { id, state: isLate ? 'expired' : row.state, expiresAt, approvers, votes };
  }

  /** By approval, in the order in which they were given. */
  async #votes(approvals: readonly string[]): Promise<Map<string, Vote[]>> {
    if (approvals.length === 0) return new Map();
    const rows = await this.#deps.db
      .selectFrom('approval_vote')
      .selectAll()
      .where('approval', 'in', [...approvals])
      .orderBy('at')
      .execute();
    const votes = rows.map(({ voter, voter_name, approval, ...vote }) => ({
      approval,
      vote: { ...vote, by: voter, name: voter_name },
    }));
    const grouped = Map.groupBy(votes, ({ approval }) => approval);
    return new Map([...grouped].map(([id, all]) => [id, all.map(({ vote }) => vote)]));
  }
}

/** Why somebody can't decide; undefined when they can. Whoever asked never can, in whatever role. */
export function refusalFor(
  { asked_by: asker, approvers, delegated_to: delegate }: ApprovalRow,
  { id, ref, actor, groups, roles }: Principal,
): string | undefined {
  if (asker.id === id || (asker.ref !== null && (asker.ref === ref || asker.ref === actor))) {
    return 'Nobody approves what they have asked for themselves';
  }
  const isAsked = approvers.some(
    (each) => each === ref || groups.includes(each) || roles.some((role) => each === `role:${role}`),
  );
  if (isAsked || (ref !== null && delegate === ref)) return undefined;
  return `${approvers.join(', ')} decide on it`;
}

function closed(why: string): AtriumError {
  return new AtriumError('APPROVAL_CLOSED', why);
}

function summaryOf({
  template_title: title,
  input,
  entity,
}: {
  template_title: string;
  input: object;
  entity: string | null;
}) {
  const named = Object.entries(input).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number',
  );
  const said = named.slice(0, 6).map(([name, value]) => `${name}: ${value}`);
  return [`${title}${entity ? ` on ${entity}` : ''}`, ...(said.length > 0 ? [said.join(', ')] : [])].join(
    ' · ',
  );
}

function stepIn(key: string): string {
  return key.split('/').slice(1).join('/').replace(/~\d+$/, '');
}
