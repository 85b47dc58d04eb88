import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenLinks, missingImages } from './broken-targets.ts';
import { pagesOf } from './page.test-helper.ts';
import { RepositoryTree } from './repository-tree.ts';

function broken(text: string, files: Record<string, string> = {}, page = 'docs/index.md') {
  const all: Record<string, string> = { 'src/app.ts': '', 'README.md': '', ...files, [page]: text };
  const tree = new RepositoryTree(Object.keys(all));
  const pages = pagesOf(all).filter(({ at }) => at === page);
  return pages.flatMap((each) => [...brokenLinks(each, tree, ''), ...missingImages(each, tree, '')]);
}
const told = (...args: Parameters<typeof broken>) =>
  broken(...args).map(({ message, line }) => [message, line]);

describe('links', () => {
  it('are broken where their file is nowhere, and say the line and what may be meant', () => {
    const files = { 'docs/guide/setup.md': '# Set up' };
    expect(told('# A\n\n[one](guide/setup.md)\n\n[two](setup.md) [three](nowhere.md)', files)).toEqual([
      ['It links to setup.md, which is not there', 5],
      ['It links to nowhere.md, which is not there', 5],
    ]);
    expect(broken('[two](setup.md)', files)[0]?.remedy).toBe(
      'docs/guide/setup.md may be meant. Name a file that is there, or take the link out.',
    );
  });

  it.each([
    ['the code, out of the folder of documents', '[a](../src/app.ts) [b](../src) [c](../README.md#usage)'],
    ['the root of the repository', '[a](/src/app.ts)'],
    ['the folder of a page, and a page without its ending', '[a](ops/) [b](ops/index) [c](ops/index.html)'],
    ['pages of the host, which no repository has', '[a](../../issues) [b](../../../wiki/Home)'],
    ['elsewhere', '[a](https://acme.io/x) [b](mailto:a@b.c) [c](#)'],
    ['what is filled in by something else', '[a]({{ site.url }}/x.md) [b](<{root}/x.md>)'],
  ])('are well that lead to %s', (_what, text) => {
    expect(told(text, { 'docs/ops/index.md': '# Ops' })).toEqual([]);
  });

  it('are broken that lead to code which is not there', () => {
    expect(told('[a](../src/gone.ts)')).toEqual([['It links to ../src/gone.ts, which is not there', 1]]);
  });

  it('lead from the address at which MkDocs publishes the page, too', () => {
    expect(told('[a](../other/)', { 'docs/other.md': '# Other' }, 'docs/page.md')).toEqual([]);
  });

  it('are well whenever their file is there, however the way is written', () => {
    const part = fc.constantFrom('a', 'b', 'deep', 'x y');
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `docs/${parts.join('/')}.md`);
    fc.assert(
      fc.property(path, path, (from, to) => {
        fc.pre(from !== to);
        const up = '../'.repeat(from.split('/').length - 1);
        expect(told(`[x](<${up}${to}>)`, { [to]: '# To' }, from)).toEqual([]);
        expect(told(`[x](<${up}${to}x>)`, { [to]: '# To' }, from)).toHaveLength(1);
      }),
    );
  });
});

it('pictures are missing where their file is nowhere', () => {
  const text =
    '![a](flow.png)\n\n![b](gone.png) ![c](https://acme.io/x.png) ![d](../logo.svg) ![e](../gone.svg)';
  expect(told(text, { 'docs/flow.png': '', 'logo.svg': '' })).toEqual([
    ['It shows gone.png, which is not there', 3],
    ['It shows ../gone.svg, which is not there', 3],
  ]);
});
