/** What is said between the server and the process that renders expressions. */
import { z } from 'zod';
import type { Dialect } from './dialect.ts';

export type Context = Record<string, unknown>;

interface Task {
  context: Context;
  /** ISO time that the filter `now` gives. */
  now: string;
}
/** Renders every text in a value; a text that is one expression becomes that expression's value. */
export interface ValueTask extends Task {
  kind: 'value';
  value: unknown;
  /** Whether a step before failed; `always()` and `failure()` are there only when it is given. */
  failed?: boolean;
}
/** Renders whole texts, such as files and their names. */
export interface TextsTask extends Task {
  kind: 'texts';
  texts: string[];
  dialect: Dialect;
}
/** Reads texts without rendering them. */
export interface CheckTask {
  kind: 'check';
  texts: string[];
  dialect: Dialect;
}
export type RenderTask = ValueTask | TextsTask | CheckTask;

/** A text that could not be rendered. */
export interface RenderProblem {
  /** Dotted path within the value. */
  path: string;
  message: string;
}

const problemsSchema = z.array(z.object({ path: z.string(), message: z.string() }));
/** Whatever comes back is checked: it is the one thing that an expression has a hand in. */
export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('value'), value: z.unknown(), problems: problemsSchema }),
  z.object({
    kind: z.literal('texts'),
    texts: z.array(z.union([z.object({ text: z.string() }), z.object({ error: z.string() })])),
  }),
  z.object({ kind: z.literal('failed'), message: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;
export type RenderedText = { text: string } | { error: string };
