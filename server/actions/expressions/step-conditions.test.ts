import { afterAll, describe, expect, it } from 'vitest';
import { asksForFailure, createRenderer, iterationsOf, truthy } from './index.ts';

const renderer = createRenderer({ now: () => new Date('2026-03-01T12:00:00Z') });
afterAll(() => renderer.close());

/** An expression as a step has it. */
const e = (expression: string) => `\${{ ${expression} }}`;

describe('whether a step is run', () => {
  it.each([false, null, undefined, '', 0, []])('not when its condition gives %j', (value) => {
    expect(truthy(value)).toBe(false);
  });

  it.each([true, 'false', 1, [0], {}])('when its condition gives %j', (value) => {
    expect(truthy(value)).toBe(true);
  });

  it('is asked after a failure only of steps that ask for it', async () => {
    expect([e('always()'), e('failure() and parameters.name')].map(asksForFailure)).toEqual([true, true]);
    expect([e('parameters.always'), true, undefined].map(asksForFailure)).toEqual([false, false, false]);
    const behind = (failed: boolean) => renderer.render([e('always()'), e('failure()')], {}, { failed });
    expect(await behind(true)).toEqual([true, true]);
    expect(await behind(false)).toEqual([true, false]);
    // Elsewhere there are no such functions.
    expect(await renderer.render(e('always()'), {})).toBe(e('always()'));
  });

  it('is asked once for each item of a list or a mapping', () => {
    expect(iterationsOf(['a', 'b'])).toEqual([
      { key: '0', value: 'a' },
      { key: '1', value: 'b' },
    ]);
    expect(iterationsOf({ x: 1 })).toEqual([{ key: 'x', value: 1 }]);
    expect(() => iterationsOf('a text')).toThrow(TypeError);
    expect(() => iterationsOf(undefined)).toThrow(TypeError);
  });
});
