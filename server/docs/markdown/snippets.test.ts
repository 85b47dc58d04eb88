import { expect, it } from 'vitest';
import { page, site } from './page-test-support.ts';
import { snippetsOf } from './snippets.ts';

const html = (text: string, snippets: Record<string, string | null>) => page(text, site, { snippets }).html;

it('names the files that a page needs, without those that lead out', () => {
  const text =
    '--8<-- "a.md"\n\n    --8<-- "b.md:part"\n--8<-- "c.md:2:4"\n--8<-- "../d.md"\n--8<-- "/e.md"\n' +
    '--8<-- "https://example.com/f.md"\n--8<--\ng.md\n; h.md\n\nx/../../i.md\n--8<--\n;--8<-- "j.md"';
  expect(snippetsOf(text)).toEqual(['a.md', 'b.md', 'c.md', 'g.md']);
});

it('puts files into a page, indented as they are included', () => {
  const included = html('!!! note\n    --8<-- "a.md"', { 'a.md': 'one\n\n- two\n' });
  expect(included).toMatch(/admonition note.*<p>one<\/p>\s*<ul>\s*<li>two<\/li>/s);
});

it('takes sections and lines', () => {
  const file = 'one\n<!-- --8<-- [start:part] -->\ntwo\n<!-- --8<-- [end:part] -->\nthree';
  expect(html('--8<-- "a.md:part"', { 'a.md': file })).toBe('<p>two</p>\n');
  expect(html('--8<-- "a.md:5:5"', { 'a.md': file })).toBe('<p>three</p>\n');
  expect(html('--8<-- "a.md:1,5"', { 'a.md': file })).toBe('<p>one\nthree</p>\n');
  expect(html('--8<-- "a.md:-1"', { 'a.md': file })).toBe('<p>three</p>\n');
});

it('includes what snippets include, but nothing in itself', () => {
  expect(html('--8<-- "a.md"', { 'a.md': '--8<-- "b.md"\none', 'b.md': '--8<-- "a.md"\ntwo' })).toBe(
    '<p>two\none</p>\n',
  );
});

it('leaves out what is not there', () => {
  expect(html('one\n\n--8<-- "a.md"\n\ntwo', { 'a.md': null })).toBe('<p>one</p>\n<p>two</p>\n');
});

it('tells which lines are the page’s own', () => {
  const { todos } = page('--8<-- "a.md"\n\nTBD here', site, { snippets: { 'a.md': 'TBD there\n\nmore' } });
  expect(todos).toEqual([{ text: 'TBD there' }, { line: 3, text: 'TBD here' }]);
});

it('stands at the end of every page where the site says so', () => {
  const markdown = { indent: 4, snippetFolders: ['.'], appended: ['words.md'], lineNumbers: false } as const;
  const { html: shown } = page(
    'HTML',
    { ...site, markdown },
    { snippets: { 'words.md': '*[HTML]: Hyper Text' } },
  );
  expect(shown).toContain('<abbr title="Hyper Text">HTML</abbr>');
});
