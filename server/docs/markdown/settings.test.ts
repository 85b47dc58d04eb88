import { expect, it } from 'vitest';
import { isOn, markdownSettings } from './settings.ts';

it('what MkDocs has by itself is always on', () => {
  expect(markdownSettings({})).toEqual({
    extensions: ['fenced_code', 'tables', 'toc'],
    indent: 4,
    snippetFolders: ['.'],
    appended: [],
    lineNumbers: false,
  });
});

it('reads lists, mappings and options', () => {
  const snippets = { base_path: ['docs', 'parts'], auto_append: ['words.md'] };
  const listed = markdownSettings({ markdown_extensions: ['admonition', { 'pymdownx.snippets': snippets }] });
  const mapped = markdownSettings({ markdown_extensions: { admonition: {}, 'pymdownx.snippets': snippets } });
  expect(listed).toEqual(mapped);
  expect(listed).toMatchObject({ snippetFolders: ['docs', 'parts'], appended: ['words.md'] });
  expect(isOn(listed, 'admonition')).toBe(true);
  expect(isOn(listed, 'footnotes')).toBe(false);
});

it('knows what bundles bring', () => {
  const settings = markdownSettings({ markdown_extensions: ['markdown.extensions.extra'] });
  for (const name of ['footnotes', 'abbr', 'md_in_html', 'def_list']) expect(isOn(settings, name)).toBe(true);
});

it('TechDocs turns its own on', () => {
  const settings = markdownSettings({ plugins: ['techdocs-core'], markdown_extensions: ['pymdownx.keys'] });
  expect(settings).toMatchObject({ indent: 2, lineNumbers: true });
  for (const name of ['admonition', 'pymdownx.superfences', 'pymdownx.keys'])
    expect(isOn(settings, name)).toBe(true);
});

it.each([
  undefined,
  null,
  'x',
  3,
  [],
  { markdown_extensions: 3, plugins: 'x' },
  { markdown_extensions: [null, 3] },
])('what cannot be understood, as %j, is left out', (config) => {
  expect(markdownSettings(config).extensions).toEqual(['fenced_code', 'tables', 'toc']);
});
