import { expect, it } from 'vitest';
import type { StepContext } from '../step-action.ts';
import { debugWait } from './debug-wait.ts';
import { roadieSleep } from './roadie-sleep.ts';
import { runStep } from './step.test-helper.ts';

const contextOf = (input: object, signal = new AbortController().signal) => {
  const log: string[] = [];
  return {
    context: { input, signal, log: { info: (text: string) => log.push(text) } } as unknown as StepContext,
    log,
  };
};

it.each([
  [debugWait, { milliseconds: 1 }],
  [debugWait, {}],
  [roadieSleep, { amount: '0' }],
])('%# waits and goes on', async (action, input) => {
  expect((await runStep(action, input)).outcome).toEqual({ output: {} });
});

it.each([
  [debugWait, { minutes: 2, seconds: 3, milliseconds: 500 }, 'would wait 123.5 s'],
  [roadieSleep, { amount: '7' }, 'would wait 7 s'],
])('%# does not wait in a plan', async (action, input, message) => {
  const { context, log } = contextOf(input);
  expect(await action.plan(context)).toEqual({ calls: [], output: {} });
  expect(log).toEqual([message]);
  expect(await action.settle?.(context)).toBe('not-done');
});

it('ends when the run does', async () => {
  const { context } = contextOf({ minutes: 5 }, AbortSignal.abort());
  await expect(debugWait.run(context)).rejects.toThrow(/abort/i);
});

it.each([
  [debugWait, { minutes: 10, milliseconds: 1 }, 'ten minutes at most'],
  [debugWait, { seconds: -1 }, 'seconds'],
  [debugWait, { seconds: 'x' }, 'seconds'],
  [roadieSleep, { amount: 601 }, 'ten minutes at most'],
  [roadieSleep, {}, 'amount'],
])('%# refuses what makes no sense', async (action, input, message) => {
  await expect(runStep(action, input)).rejects.toThrow(message);
});
