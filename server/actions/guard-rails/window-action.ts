/** `guard:window`: what was approved late does not begin while its window is closed. */
import { z } from 'zod';
import { windowSchema } from '#model/guard-rails.ts';
import { jsonSchemaOf, parseInput } from '../define-step.ts';
import type { WorkspaceAction } from '../step-action.ts';
import { closedUntil } from './windows.ts';

export const WINDOW = 'guard:window';
const input = z.object({ windows: z.array(windowSchema) });

export function windowAction(now: () => Date): WorkspaceAction {
  return {
    id: WINDOW,
    description: 'Waits until the template may be run again.',
    effect: 'none',
    input: jsonSchemaOf(input),
    output: jsonSchemaOf(z.object({})),
    async run(context) {
      const closed = closedUntil(parseInput(input, context.input).windows, now());
      if (!closed) return { output: {} };
      return { wait: `Waits: ${closed.window.reason}`, until: closed.until };
    },
  };
}
