/** Where guard rails have a say in runs. */
import type { Kysely, Transaction } from 'kysely';
import type { Template, TemplateStep } from '#model/template.ts';
import type { Values } from '../step-action.ts';
import type { RunState, RunTables, Starter } from './tables.ts';

/** A run that somebody wants to start. */
export interface WantedRun {
  template: Template;
  values: Values;
  starter: Starter;
  entity: string | null;
}

export interface RunGuards {
  /** The steps of a run: those of its template, and what has to happen between them. */
  stepsOf(template: Template): readonly TemplateStep[];
  /**
   * Why it must not start; empty when it may. Asked in the transaction that would start it, and for plans.
   */
  refusals(db: Kysely<RunTables>, run: WantedRun): Promise<string[]>;
  /** A run has ended; in the transaction that ends it. */
  ended?(tx: Transaction<RunTables>, run: { id: string; state: RunState }): Promise<void>;
}

export const noGuards: RunGuards = {
  stepsOf: ({ steps }) => steps,
  refusals: async () => [],
};
