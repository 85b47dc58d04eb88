import type { ColumnType, JSONColumnType } from 'kysely';
import type { z } from 'zod';
import type { Entity } from '#model/entity.ts';
import type { runStates, stepStates } from '#model/run-states.ts';
import type { TemplateStep } from '#model/template.ts';
import type { runSchema } from '../contract.ts';
import type { Values } from '../step-action.ts';

type Time = ColumnType<Date, Date | string, Date | string>;
export type RunState = (typeof runStates)[number];
export type StepState = (typeof stepStates)[number];
export type RunOutput = z.infer<typeof runSchema>['output'];

/** Who started a run, as they were then. */
export interface Starter {
  /** As the audit names them. */
  id: string;
  /** Their `User` entity. */
  ref: string | null;
  name: string;
  groups: readonly string[];
}

export interface RunTable {
  id: string;
  /** Of whoever started it: a second start with the same key is the same run. */
  key: string | null;
  template: string;
  template_title: string;
  /** As it was when the run started; so are the entity and the person. */
  template_body: JSONColumnType<Entity>;
  steps: JSONColumnType<TemplateStep[]>;
  starter: JSONColumnType<Starter>;
  started_by: string;
  /** The group that it is for, or else whoever started it. */
  team: string;
  user_body: ColumnType<Entity | null, string | null, never>;
  entity: string | null;
  entity_body: ColumnType<Entity | null, string | null, never>;
  input: JSONColumnType<Values>;
  secret_names: string[];
  /** Sealed; null once the run has ended. */
  secrets: Uint8Array | null;
  state: RunState;
  /** What is being done, or was done last. */
  doing: 'steps' | 'undo';
  created_at: Time;
  ended_at: Time | null;
  error: string | null;
  output: ColumnType<RunOutput | null, string | null, string | null>;
  saves_minutes: number | null;
  /** Of the step at which it is. */
  at_step: string | null;
  /** The newest turn; older ones in the queue count for nothing. */
  turn: number;
  /** Made anew by each process that takes the run: who holds an older one has lost it. */
  claim: string | null;
  /** How often it was told to look again at what it waits for. */
  wakes: number;
  /** Who wants it cancelled. */
  cancel_by: string | null;
  /** The run of which this one is a step. */
  parent: string | null;
  event_count: number;
  /** Sealed list of what is in the workspace; contents stand in run_file. */
  workspace: Uint8Array | null;
}

/** Round 0 is the step itself; one with `each` has a row more for every item. */
export interface RunStepTable {
  run: string;
  position: number;
  round: number;
  state: StepState;
  attempts: number;
  /** How often a process ended while it was at it. */
  crashes: number;
  /** How often it was begun anew after it had been done; part of its key. */
  pass: number;
  /** Of a round: the key in `each`. */
  item: string | null;
  /** Rendered; what holds a secret is left out. */
  input: ColumnType<Values | null, string | null, string | null>;
  output: ColumnType<Values | null, string | null, string | null>;
  /** Input and output with the secrets in them, until the run ends. */
  sealed: Uint8Array | null;
  error: string | null;
  note: string | null;
  began_at: Time | null;
  ended_at: Time | null;
  /** When it is tried or asked again. */
  until: Time | null;
}

/** Numbered from 1 within a run. */
export interface RunEventTable {
  run: string;
  id: number;
  at: Time;
  step: string | null;
  kind: 'log' | 'step' | 'run';
  level: 'info' | 'warn' | 'error';
  message: string;
  state: string | null;
}

/** Sealed contents of the files of a workspace, each once. */
export interface RunFileTable {
  run: string;
  hash: string;
  content: Uint8Array;
}

export interface RunTables {
  run: RunTable;
  run_step: RunStepTable;
  run_event: RunEventTable;
  run_file: RunFileTable;
}
