import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenAnchors, doubtfulAnchors } from './broken-anchors.ts';
import { pagesOf } from './page.test-helper.ts';

/** @param anchors what else has one, by address. */
function broken(files: Record<string, string>, anchors: Record<string, string[]> = {}) {
  const pages = pagesOf(files);
  const addressOf = (_from: unknown, path: string) => pages.find((page) => page.path === path)?.page;
  const headings = (address: string) =>
    pages.find(({ page }) => page === address)?.outline.headings.map(({ id }) => id) ?? [];
  const doubtful = doubtfulAnchors(pages, addressOf);
  const known = new Map(doubtful.map(({ to }) => [to, new Set([...headings(to), ...(anchors[to] ?? [])])]));
  return brokenAnchors(doubtful, pages, known);
}

describe('anchors', () => {
  it('are broken on the same page and on others, and say what may be meant', () => {
    const files = {
      'docs/index.md':
        '# Start\n\n## Retry rules\n\n[a](#retry-rules) [b](#somewhere) [c](ops.md#on-call) [d](ops.md#gone)',
      'docs/ops.md':
        '# Operations\n\n## On call\n\nSee [start](index.md#retry) and <a id="here"></a>[x](#here)',
    };
    expect(
      broken(files).map(({ page, message, remedy, line }) => [page, message, remedy.split('. ')[0], line]),
    ).toEqual([
      [
        '',
        'It links to #somewhere, and no heading of this page is called so',
        expect.stringContaining('Name a heading'),
        5,
      ],
      ['', 'It links to ops.md#gone, and no heading of “Operations” is called so', expect.any(String), 5],
      [
        'ops',
        'It links to index.md#retry, and no heading of “Start” is called so',
        '#retry-rules may be meant',
        5,
      ],
    ]);
  });

  it('are well that something else than a heading has, and always at the top', () => {
    const files = {
      'docs/index.md': '[a](ops.md#table) [b](#top) [c](ops.md#:~:text=x)',
      'docs/ops.md': '# Ops',
    };
    expect(broken(files, { ops: ['table'] })).toEqual([]);
    expect(broken(files)).toHaveLength(1);
  });

  it('say nothing of pages that nobody has looked at', () => {
    const pages = pagesOf({ 'docs/index.md': '[a](ops.md#gone)', 'docs/ops.md': '# Ops' });
    const doubtful = doubtfulAnchors(pages, () => 'ops');
    expect(doubtful).toHaveLength(1);
    expect(brokenAnchors(doubtful, pages, new Map())).toEqual([]);
  });

  it('are well whatever a heading is called', () => {
    const title = fc
      .string({ minLength: 1, maxLength: 30 })
      .filter((text) => /^[\p{L}\p{N} .,-]+$/u.test(text));
    fc.assert(
      fc.property(title, (text) => {
        const [target] = pagesOf({ 'docs/b.md': `# ${text}` });
        const id = target?.outline.headings[0]?.id;
        fc.pre(id !== undefined && id !== '');
        expect(
          broken({ 'docs/a.md': `[x](b.md#${encodeURIComponent(id ?? '')})`, 'docs/b.md': `# ${text}` }),
        ).toEqual([]);
      }),
    );
  });
});
