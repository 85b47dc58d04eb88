/** Reads runs for those who look at them. */
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { type Party, unknownParty } from '../../ownership/index.ts';
import type { Run, runCardSchema, runEventSchema, runsQuerySchema, runsSchema } from '../contract.ts';
import type { StepAction } from '../step-action.ts';
import { isEnded } from './manage-run.ts';
import type { RunRow, StepRow } from './run-write.ts';
import type { RunTables } from './tables.ts';

export interface ReaderDeps {
  db: Kysely<RunTables>;
  actions: ReadonlyMap<string, StepAction>;
  /** People and groups as pages name them, by ref. */
  parties: (refs: readonly string[]) => Promise<ReadonlyMap<string, Party>>;
}

export type RunEvent = z.infer<typeof runEventSchema>;
type Card = z.infer<typeof runCardSchema>;

/** Of one answer. */
const MOST_EVENTS = 5000;

export class RunReader {
  readonly #deps: ReaderDeps;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  /** @throws {AtriumError} RUN_NOT_FOUND */
  async row(id: string): Promise<RunRow> {
    const row = await this.#deps.db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new AtriumError('RUN_NOT_FOUND', `There is no run ${id}`);
    return row;
  }

  /** @param mayManage whether whoever looks may do something with it. */
  async run(row: RunRow, mayManage: boolean): Promise<Run> {
    const found = await this.#deps.db
      .selectFrom('run_step')
      .selectAll()
      .where('run', '=', row.id)
      .orderBy('position')
      .orderBy('round')
      .execute();
    const steps = row.steps.map((_, position) =>
      this.#step(
        row,
        found.filter((step) => step.position === position),
      ),
    );
    const { step: _step, ...card } = await this.#card(row);
    const isRestful = isEnded(row) && mayManage;
    return {
      ...card,
      values: row.input,
      secretNames: row.secret_names,
      steps,
      output: row.output ?? { links: [], text: [], values: {} },
      may: {
        cancel: mayManage && !isEnded(row) && row.doing === 'steps' && row.cancel_by === null,
        retry: mayManage && (row.state === 'failed' || row.state === 'cancelled'),
        rollBack: isRestful && row.state !== 'rolled-back' && steps.some(({ undoable }) => undoable),
        answer: mayManage && row.state === 'asking',
      },
    };
  }

  #step({ steps }: RunRow, [header, ...rounds]: StepRow[]): Run['steps'][number] {
    if (!header) throw new Error('A run has lost a step');
    const { id, name, action } = steps[header.position] ?? { id: '', name: '', action: '' };
    const at = rounds.find(({ state }) => state === 'waiting' || state === 'asking') ?? header;
    const does = this.#deps.actions.get(action);
    const isDone = header.state === 'done' || header.state === 'undo-failed';
    return {
      id,
      name,
      action,
      state: at.state,
      attempts: header.attempts,
      startedAt: header.began_at?.toISOString() ?? null,
      endedAt: header.ended_at?.toISOString() ?? null,
      error: header.error,
      output: header.output,
      undoable: isDone && does?.effect === 'outside' && does.undo !== undefined,
      note: at.note,
    };
  }

  async #card(row: CardRow): Promise<Card> {
    const [card] = await this.#cards([row]);
    if (!card) throw new Error('A run has no card');
    return card;
  }

  async #cards(rows: readonly CardRow[]): Promise<Card[]> {
    const refs = rows.flatMap(({ starter }) => starter.ref ?? []);
    const parties = await this.#deps.parties([...new Set(refs)]);
    return rows.map((row) => ({
      id: row.id,
      template: row.template,
      templateTitle: row.template_title,
      state: row.state,
      startedBy:
        (row.starter.ref ? parties.get(row.starter.ref) : undefined) ??
        unknownParty(row.starter.ref ?? row.starter.id, row.starter.name),
      createdAt: row.created_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      entity: row.entity,
      error: row.error,
      savesMinutes: row.saves_minutes,
      step: row.at_step,
    }));
  }

  /** Newest first. */
  async list(query: z.output<typeof runsQuerySchema>): Promise<z.infer<typeof runsSchema>> {
    const { db } = this.#deps;
    const filters = [
      query.template === undefined ? sql`true` : sql`template = ${query.template}`,
      query.state === undefined ? sql`true` : sql`state = ${query.state}`,
      query.startedBy === undefined ? sql`true` : sql`started_by = ${query.startedBy}`,
      query.entity === undefined ? sql`true` : sql`entity = ${query.entity}`,
    ];
    const condition = sql.join(filters, sql` and `);
    const [{ rows }, { rows: sums }] = await Promise.all([
      sql<CardRow>`select id, template, template_title, state, starter, created_at, ended_at, entity, error,
          saves_minutes, at_step from run where ${condition}
        order by created_at desc, id limit ${query.limit} offset ${query.offset}`.execute(db),
      sql<{ total: number; saved: number }>`select count(*)::int as total,
          coalesce(sum(saves_minutes) filter (where state = 'succeeded'), 0)::int as saved
        from run where ${condition}`.execute(db),
    ]);
    const { total = 0, saved = 0 } = sums[0] ?? {};
    return { items: await this.#cards(rows), total, savedMinutes: saved };
  }

  /** As they are stored. @param order `asc:` or `desc:`, and a column of `sortable`. */
  async rows(query: {
    startedBy: readonly string[] | undefined;
    states: readonly string[] | undefined;
    order: readonly string[];
    limit: number;
    offset: number;
  }): Promise<{ rows: RunRow[]; total: number }> {
    const { startedBy = null, states = null } = query;
    const filtered = this.#deps.db
      .selectFrom('run')
      .where(sql<boolean>`(${startedBy}::text[] is null or started_by = any(${startedBy}::text[]))`)
      .where(sql<boolean>`(${states}::text[] is null or state = any(${states}::text[]))`);
    const { total } = await filtered
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    let sorted = filtered.selectAll();
    for (const order of query.order) {
      const [direction = '', column = ''] = order.split(':');
      const known = sortable[column];
      if (known) sorted = sorted.orderBy(known, direction === 'asc' ? 'asc' : 'desc');
    }
    const rows = await sorted
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(query.limit)
      .offset(query.offset)
      .execute();
    return { rows, total };
  }

  /** Those after one, oldest first. */
  async events(id: string, after: number): Promise<RunEvent[]> {
    const rows = await this.#deps.db
      .selectFrom('run_event')
      .select(['id', 'at', 'step', 'kind', 'level', 'message', 'state'])
      .where('run', '=', id)
      .where('id', '>', after)
      .orderBy('id')
      .limit(MOST_EVENTS)
      .execute();
    return rows.map(({ at, ...event }) => ({ ...event, at: at.toISOString() }));
  }

  /** How often each template was started, and how often that ended well. */
  async counts(): Promise<Map<string, { runs: number; succeeded: number }>> {
    const { rows } = await sql<{ template: string; runs: number; succeeded: number }>`
      select template, count(*)::int as runs, (count(*) filter (where state = 'succeeded'))::int as succeeded
      from run group by template`.execute(this.#deps.db);
    return new Map(rows.map(({ template, ...count }) => [template, count]));
  }
}

const sortable: Partial<Record<string, 'created_at' | 'state' | 'started_by'>> = {
  created_at: 'created_at',
  status: 'state',
  created_by: 'started_by',
};

type CardRow = Pick<
  RunRow,
  | 'id'
  | 'template'
  | 'template_title'
  | 'state'
  | 'starter'
  | 'created_at'
  | 'ended_at'
  | 'entity'
  | 'error'
  | 'saves_minutes'
  | 'at_step'
>;
