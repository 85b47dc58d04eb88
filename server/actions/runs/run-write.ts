/** The one statement by which whoever holds a run writes it: what changed of it, its steps, what happened. */
import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import { clean, rowSet } from '../../kernel/store/row-set.ts';
import type { RunNews } from './news.ts';
import type { RunEventTable, RunStepTable, RunTable, RunTables } from './tables.ts';

export type RunRow = Selectable<RunTable>;
export type StepRow = Omit<Selectable<RunStepTable>, 'run'>;
export type Told = Omit<Selectable<RunEventTable>, 'run' | 'id' | 'at'> & { at: Date };
export type RunChange = Partial<
  Pick<
    RunRow,
    | 'state'
    | 'doing'
    | 'error'
    | 'output'
    | 'at_step'
    | 'workspace'
    | 'secrets'
    | 'ended_at'
    | 'claim'
    | 'turn'
    | 'cancel_by'
  >
>;

export interface RunWrite {
  run: string;
  /** Nothing is written when the run is held by another. */
  claim: string;
  /** Nor when it was told to look again since, or to stop. */
  unless?: { wokenSince: number } | undefined;
  change: RunChange;
  steps: readonly StepRow[];
  told: readonly Told[];
}

/** What others asked of a run, as it stands after the write. */
export interface Asked {
  wakes: number;
  cancel_by: string | null;
}

/** @returns undefined when nothing was written. */
export async function writeRun(
  db: Kysely<RunTables>,
  news: RunNews,
  { run, claim, unless, change, steps, told }: RunWrite,
): Promise<Asked | undefined> {
  const assignments = [
    sql`event_count = event_count + ${told.length}::int`,
    ...Object.entries(change).map(([column, value]) => assign(column, value)),
  ];
  const condition = unless ? sql`and wakes = ${unless.wokenSince}::int and cancel_by is null` : sql``;
  const { rows } = await sql<Asked>`
    with held as (
      update run set ${sql.join(assignments)} where id = ${run} and claim = ${claim} ${condition}
      returning wakes, cancel_by, event_count - ${told.length}::int as told_before)
    ${steps.length > 0 ? sql`, changed as (${upsertSteps(run, steps)})` : sql``}
    ${told.length > 0 ? sql`, told as (${insertEvents(run, told)})` : sql``}
    select wakes, cancel_by, ${news.notify(run)} from held`.execute(db);
  return rows[0];
}

function assign(column: string, value: unknown): RawBuilder<unknown> {
  const stored = column === 'output' && value !== null ? JSON.stringify(value) : value;
  return sql`${sql.ref(column)} = ${stored}`;
}

const stepColumns: Record<keyof StepRow, (row: StepRow) => string | number | null | undefined> = {
  position: (row: StepRow) => row.position,
  round: (row: StepRow) => row.round,
  state: (row: StepRow) => row.state,
  attempts: (row: StepRow) => row.attempts,
  crashes: (row: StepRow) => row.crashes,
  pass: (row: StepRow) => row.pass,
  item: (row: StepRow) => row.item && clean(row.item),
  input: (row: StepRow) => row.input && JSON.stringify(row.input),
  output: (row: StepRow) => row.output && JSON.stringify(row.output),
  sealed: (row: StepRow) => row.sealed && Buffer.from(row.sealed).toString('base64'),
  error: (row: StepRow) => row.error && clean(row.error),
  note: (row: StepRow) => row.note && clean(row.note),
  began_at: (row: StepRow) => row.began_at?.toISOString(),
  ended_at: (row: StepRow) => row.ended_at?.toISOString(),
  until: (row: StepRow) => row.until?.toISOString(),
};

const typed = sql`position::int, round::int, state, attempts::int, crashes::int, pass::int, item, input::json,
  output::json, decode(sealed, 'base64'), error, note, began_at::timestamptz, ended_at::timestamptz,
  until::timestamptz`;
const names = Object.keys(stepColumns).map((name) => sql.ref(name));
const replaced = sql.join(
  Object.keys(stepColumns)
    .slice(2)
    .map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
);

export function stepSet(steps: readonly StepRow[]): RawBuilder<unknown> {
  const columns = Object.entries(stepColumns).map(([name, read]) => [name, steps.map(read)] as const);
  return rowSet(Object.fromEntries(columns));
}

function upsertSteps(run: string, steps: readonly StepRow[]): RawBuilder<unknown> {
  return sql`insert into run_step (run, ${sql.join(names)})
    select ${run}::uuid, ${typed} from held, ${stepSet(steps)}
    on conflict (run, position, round) do update set ${replaced}`;
}

function insertEvents(run: string, told: readonly Told[]): RawBuilder<unknown> {
  return sql`insert into run_event (run, id, at, step, kind, level, message, state)
    select ${run}::uuid, told_before + number::int, at::timestamptz, step, kind, level, message, state
    from held, ${rowSet({
      number: told.map((_, index) => index + 1),
      at: told.map(({ at }) => at.toISOString()),
      step: told.map(({ step }) => step),
      kind: told.map(({ kind }) => kind),
      level: told.map(({ level }) => level),
      message: told.map(({ message }) => clean(message)),
      state: told.map(({ state }) => state),
    })}`;
}

/** A step that nothing has happened with yet. */
export function newStep(position: number, round = 0, item: string | null = null): StepRow {
  return {
    position,
    round,
    item,
    state: 'pending',
    attempts: 0,
    crashes: 0,
    pass: 0,
    input: null,
    output: null,
    sealed: null,
    error: null,
    note: null,
    began_at: null,
    ended_at: null,
    until: null,
  };
}
