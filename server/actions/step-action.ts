/** What a step action is: the seam that built-in ones and a team's own are written against. */
import type { Entity } from '#model/entity.ts';

export type JsonSchema = Record<string, unknown>;
export type Values = Record<string, unknown>;

export interface StepLog {
  info(message: string): void;
  warn(message: string): void;
}

/** What every call of a step action is given. Input has been rendered and held against its schema. */
export interface StepContext<Input extends Values = Values> {
  input: Input;
  /** Folder that the steps of a run share; nothing may be read or written beside it. */
  workspace: string;
  /** The same for every attempt of one step of one run, and for no other: what the outside may be asked to settle by. */
  key: string;
  runId: string;
  /** Who started the run. */
  user: { ref: string; entity: Entity | null };
  /** The template, for addresses that are relative to it. */
  template: { ref: string; entity: Entity };
  /** The entity that a day-2 run acts on. */
  entity: Entity | null;
  log: StepLog;
  /** Ends when the run is cancelled or the step's time is over. */
  signal: AbortSignal;
}

/** What would be done outside, shown before anything is. */
export interface PlannedCall {
  summary: string;
  target: string | null;
  detail: Values;
}

/** Who would have to agree, shown before anything is done. */
export interface PlannedApproval {
  summary: string;
  quorum: number;
}

/** What a step would do, and the output that later steps of the plan are given. */
export interface PlannedStep<Output = Values> {
  calls: PlannedCall[];
  approvals?: PlannedApproval[];
  output: Output;
}

/** Not over yet: no process is held; it is called again when the run is woken, or at `until`. */
export interface StepWait {
  /** For what, as a sentence. */
  wait: string;
  until: Date | null;
}

/** The outcome of one call: done with an output, or not over yet. */
export type StepOutcome = { output: Values } | StepWait;

/**
 * What a step action throws fails the step, unless the error says that trying again may help: by the code
 * OUTSIDE_UNAVAILABLE or TOO_MANY_REQUESTS, or by a property `temporary` that is true, with `retryAfterSeconds` beside
 * it where that is known. Then it is called again, with the same key.
 */
interface Described {
  /** As templates name it: `fetch:template`. */
  id: string;
  description: string;
  input: JsonSchema;
  output: JsonSchema;
  /** Time for one attempt, in seconds; 600 when absent. */
  timeoutSeconds?: number;
}

/** Touches at most the workspace, so it can be run again, and a plan simply runs it on a copy. */
export interface WorkspaceAction extends Described {
  effect: 'none' | 'workspace';
  run(context: StepContext): Promise<StepOutcome>;
}

/** Does something outside. */
export interface OutsideAction extends Described {
  effect: 'outside';
  /** Whether all that it needs is configured; the text says what to set and where. */
  missing?(): string | null;
  plan(context: StepContext): Promise<PlannedStep>;
  run(context: StepContext): Promise<StepOutcome>;
  /**
   * After a process died in it: what it had done, by its key. The output when it is done, `not-done` when it can be
   * run again, `unknown` when a person has to say. Without it, a person is asked.
   */
  settle?(context: StepContext): Promise<{ output: Values } | 'not-done' | 'unknown'>;
  /**
   * Takes back what it made. May be called again for what is taken back already: a process can end in it.
   * Secrets of the run are not in the input any more, once the run has ended.
   * @param output what the run gave.
   */
  undo?: { summary: string; run(context: StepContext, output: Values): Promise<StepWait | undefined> };
}

export type StepAction = WorkspaceAction | OutsideAction;
