import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outdated } from './outdated.ts';
import { change, pagesOf } from './page.test-helper.ts';

const DAY_MS = 24 * 3_600_000;
const today = new Date('2026-03-01T12:00:00Z');
const daysAgo = (days: number) => new Date(today.getTime() - days * DAY_MS).toISOString().slice(0, 10);

interface World {
  page?: string;
  /** Days since the page was changed. */
  age?: number;
  /** Files of the code that were changed since, and by how many commits. */
  files?: number;
  commits?: number;
  name?: string;
}

function found({ page = 'docs/index.md', age = 200, files = 10, commits = 3, name = 'src/f' }: World = {}) {
  const changes = new Map([[page, change(daysAgo(age))]]);
  for (let index = 0; index < files; index++)
    changes.set(`${name}${index}.ts`, change(daysAgo(10), `c${index % commits}`));
  return outdated(pagesOf({ [page]: '# A' }), { changes, isOwn: () => true, now: today });
}

describe('a page', () => {
  it('is outdated when much of the code was changed since, and says both days', () => {
    expect(found().map(({ message }) => message)).toEqual([
      'It was changed last on 2025-08-13; 10 files of the code were changed since, the last on 2026-02-19',
    ]);
  });

  it.each([
    ['it is not old', { age: 179 }],
    ['little was changed', { files: 9 }],
    ['one commit changed everything', { commits: 1 }],
    ['what was changed is no code', { name: 'vendor/lib/f' }],
    ['it tells what was', { page: 'docs/decisions/0001-use-it.md' }],
    ['it is about people', { page: 'docs/contributing.md' }],
  ])('is not outdated when %s', (_what, world) => {
    expect(found(world)).toEqual([]);
  });

  it('is not outdated by the code of others, or when nobody knows when it was changed', () => {
    const pages = pagesOf({ 'docs/index.md': '# A' });
    const changes = new Map(
      Array.from({ length: 20 }, (_, at) => [`x/${at}.ts`, change(daysAgo(1), `${at}`)]),
    );
    expect(outdated(pages, { changes, isOwn: () => true, now: today })).toEqual([]);
    changes.set('docs/index.md', change(daysAgo(400)));
    expect(outdated(pages, { changes, isOwn: () => false, now: today })).toEqual([]);
    expect(outdated(pages, { changes, isOwn: () => true, now: today })).toHaveLength(1);
  });

  it('is never outdated before half a year, and never by fewer than ten files', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 11, max: 400 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 5 }),
        (age, files, commits) => {
          const isOld = age >= 180 && files >= 10 && Math.min(files, commits) >= 3;
          expect(found({ age, files, commits })).toHaveLength(isOld ? 1 : 0);
        },
      ),
    );
  });
});
