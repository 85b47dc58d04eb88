/** Where guard rails have a say in runs. */
import type { Kysely, Transaction } from 'kysely';
import type { Entity } from '#model/entity.ts';
import type { Template, TemplateStep } from '#model/template.ts';
import type { Values } from '../step-action.ts';
import type { RunRow } from './run-write.ts';
import type { RunTables, Starter } from './tables.ts';

/** A run that somebody wants to start. */
export interface WantedRun {
  template: Template;
  values: Values;
  starter: Starter;
  entity: string | null;
  entityBody: Entity | null;
}

export interface RunGuards {
  /** The steps of a run: those of its template, and what has to happen between them. */
  stepsOf(template: Template): readonly TemplateStep[];
  /**
   * Why it must not start; empty when it may. Asked in the transaction that would start it, and for plans.
   */
  refusals(db: Kysely<RunTables>, run: WantedRun): Promise<string[]>;
  /** Whether the end of a run means something to them. */
  follows(run: RunRow): boolean;
  /** A run that they follow has ended; in the transaction that ends it. */
  ended(tx: Transaction<RunTables>, id: string): Promise<void>;
}

export const noGuards: RunGuards = {
  stepsOf: ({ steps }) => steps,
  refusals: async () => [],
  follows: () => false,
  ended: async () => undefined,
};
