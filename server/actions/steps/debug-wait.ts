import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { jsonSchemaOf, parseInput } from '../define-step.ts';
import type { OutsideAction } from '../step-action.ts';

const LONGEST_MS = 10 * 60 * 1000;

const input = z.object({
  minutes: z.number().min(0).optional(),
  seconds: z.number().min(0).optional(),
  milliseconds: z.number().min(0).optional(),
});

/** Nothing outside is touched, but a plan must not wait. */
export const debugWait: OutsideAction = waiting('debug:wait', 'Waits for a while.', input, (given) => {
  const { minutes = 0, seconds = 0, milliseconds = 0 } = given;
  return (minutes * 60 + seconds) * 1000 + milliseconds;
});

export function waiting<Input extends z.ZodType>(
  id: string,
  description: string,
  schema: Input,
  millisecondsOf: (given: z.output<Input>) => number,
): OutsideAction {
  const timeOf = (given: unknown) => {
    const time = millisecondsOf(parseInput(schema, given));
    if (time > LONGEST_MS) throw new AtriumError('STEP_FAILED', 'A step waits for ten minutes at most');
    return time;
  };
  return {
    id,
    description,
    effect: 'outside',
    input: jsonSchemaOf(schema),
    output: jsonSchemaOf(z.object({})),
    timeoutSeconds: LONGEST_MS / 1000 + 30,
    async plan({ input: given, log }) {
      log.info(`would wait ${timeOf(given) / 1000} s`);
      return { calls: [], output: {} };
    },
    async run({ input: given, signal }) {
      await sleep(timeOf(given), undefined, { signal });
      return { output: {} };
    },
    settle: async () => 'not-done',
  };
}
