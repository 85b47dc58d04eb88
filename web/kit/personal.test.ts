import { expect, it } from 'vitest';
import { forgetPersonal } from './personal.ts';

it('forgets where somebody was and what they had begun, and nothing of how the page looks', () => {
  const kept = new Map(
    ['recent', 'form-x', 'template-editor', 'scorecard-editor', 'rail'].map((name) => [
      `atrium-${name}`,
      '1',
    ]),
  );
  const storage = Object.assign(Object.fromEntries(kept), {
    removeItem(key: string) {
      delete (this as Record<string, unknown>)[key];
    },
  }) as unknown as Storage;
  forgetPersonal(storage);
  expect(Object.keys(storage)).toEqual(['atrium-rail', 'removeItem']);
});
