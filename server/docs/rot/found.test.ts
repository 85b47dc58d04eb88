import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type FoundProblem, tidy } from './found.ts';
import { pagesOf } from './page.test-helper.ts';
import { todos } from './todos.ts';

/** Written apart, so that it is no open task of ours. */
const MARK = ['TO', 'DO'].join('');

it('names what authors still want to write, each once, with the first line', () => {
  const [page] = pagesOf({
    'docs/index.md': `# A\n\n${MARK}: write it\n\nWell.\n\n${MARK}: write it\n\n\`${MARK}\` is a marker.`,
  });
  expect(page && tidy(todos(page))).toEqual([
    expect.objectContaining({ kind: 'todo', message: `Still to be done: ${MARK}: write it`, line: 3 }),
  ]);
});

it('keeps problems in a form that the store takes: each once, bounded, and without control characters', () => {
  const problem: fc.Arbitrary<FoundProblem> = fc.record({
    page: fc.constantFrom('', 'a'),
    kind: fc.constantFrom('todo', 'broken-link'),
    message: fc.oneof(
      fc.constantFrom('x', 'y\0', '\u{1f642}'.repeat(300), `a${'\u{1f642}'.repeat(300)}`),
      fc.string(),
    ),
    remedy: fc.string(),
    line: fc.option(fc.nat(9)),
  });
  fc.assert(
    fc.property(fc.array(problem, { maxLength: 120 }), (found) => {
      const kept = tidy(found);
      const keys = kept.map(({ page, kind, message }) => `${page}\n${kind}\n${message}`);
      expect(new Set(keys).size).toBe(keys.length);
      for (const { message } of kept) {
        expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1200);
        expect(message).not.toContain('\0');
      }
      for (const group of Object.values(Object.groupBy(kept, ({ page, kind }) => `${page} ${kind}`)))
        expect(group?.length).toBeLessThanOrEqual(50);
    }),
    { numRuns: 40 },
  );
});
