import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goneCodePaths } from './code-paths.ts';
import { change, pagesOf } from './page.test-helper.ts';
import { RepositoryTree } from './repository-tree.ts';

const now = [
  'src/pay/app.ts',
  'src/pay/retry/rules.ts',
  'server/docs/pages.ts',
  'config/example.yaml',
  'docs/index.md',
];
const changes = new Map([
  ['src/pay/old.ts', change('2025-02-03')],
  ['src/legacy/a.ts', change('2025-01-01')],
  ['src/legacy/b.ts', change('2025-03-04')],
  ['src/pay/app.ts', change('2025-05-05')],
]);

function gone(text: string, page = 'docs/index.md', files: readonly string[] = now) {
  const options = { tree: new RepositoryTree(files), changes, place: '' };
  return goneCodePaths(pagesOf({ [page]: text }), options).map(({ message, line }) => [message, line]);
}

describe('paths of the code', () => {
  it('are gone that the history knows, files and folders, with the day', () => {
    expect(gone('See `src/pay/old.ts:12` and\n`src/legacy/`.')).toEqual([
      ['It names src/pay/old.ts:12, which left the code on 2025-02-03', 1],
      ['It names src/legacy/, which left the code on 2025-03-04', 2],
    ]);
  });

  it('are gone that name code below a folder which has code of this kind', () => {
    expect(gone('`src/pay/never.ts` `src/other/never.ts` `src/other/never.py`')).toEqual([
      ['It names src/pay/never.ts, which is not there', 1],
      ['It names src/other/never.ts, which is not there', 1],
    ]);
  });

  it('are of the reader that are no code and left long before the page was written', () => {
    const written = (day: string) => {
      const when = new Map([
        ...changes,
        ['ci/test.yml', change('2020-01-02')],
        ['docs/index.md', change(day)],
      ]);
      const options = { tree: new RepositoryTree(now), changes: when, place: '' };
      return goneCodePaths(pagesOf({ 'docs/index.md': '`ci/test.yml` `src/pay/old.ts`' }), options).length;
    };
    expect([written('2019-05-05'), written('2020-11-11'), written('2026-01-01')]).toEqual([2, 2, 1]);
  });

  it.each([
    ['are there', '`src/pay/app.ts` `src/pay` `src/pay/retry/rules.ts:3-9` `./src/pay/app.ts`'],
    [
      'are there, in the same or in another folder',
      '`docs/pages.ts` `retry/rules.ts` `../src/pay/app.ts` `index.md`',
    ],
    ['readers make', '`config/local.yaml` `src/pay/dist/app.js` `src/pay/build/x.ts` `src/pay/README.txt`'],
    [
      'are none of this repository',
      '`other/app.ts` `@acme/pay/app.ts` `/api/pay/old.ts` `src/pay/*.ts` `a/b`',
    ],
  ])('are well that %s', (_what, text) => {
    expect(gone(text)).toEqual([]);
  });

  it('are well on pages that tell what was', () => {
    for (const page of [
      'docs/changelog.md',
      'docs/adr/0001-use-x.md',
      'docs/plans/x.md',
      'docs/2024-01-02-x.md',
    ])
      expect(gone('`src/pay/old.ts`', page)).toEqual([]);
  });

  it('are well whenever they are there', () => {
    const part = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
    const path = fc.array(part, { minLength: 2, maxLength: 5 }).map((parts) => `${parts.join('/')}.ts`);
    fc.assert(
      fc.property(path, fc.nat(3), (file, dropped) => {
        const written = file.split('/').slice(Math.min(dropped, file.split('/').length - 2));
        expect(gone(`\`${written.join('/')}\``, 'docs/index.md', [...now, file])).toEqual([]);
      }),
    );
  });
});
