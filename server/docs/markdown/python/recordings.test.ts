import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { MarkdownSettings } from '../page.ts';
import { renderPage } from '../render-page.ts';
import { everything } from '../settings.ts';
import { recordings } from './recordings.ts';

type ChildNode = ReturnType<typeof parseDocument>['children'][number];

const same: Readonly<Record<string, string>> = { s: 'del', section: 'section' };
const unseen = new Set(['thead', 'tbody', 'span']);

/** The elements and the text of HTML, without what is different on purpose: numbers of lists go on, where they do. */
function outline(html: string): string {
  return parseDocument(html)
    .children.map(described)
    .join('')
    .replace(/\s+/g, ' ')
    .replace(/ ?([<>]) ?/g, '$1')
    .trim();
}

function described(node: ChildNode): string {
  if (node.type === 'text') return node.data;
  if (node.type !== 'tag') return '';
  const inside = node.children.map(described).join('');
  const classes = node.attribs.class ?? '';
  if (node.name === 'div' && /^(?:code|highlight)$/.test(classes)) return inside;
  if (node.name === 'pre') return `<pre>${inside.trim()}</pre>`;
  if (node.name === 'code' && isIn(node, 'pre')) return inside;
  if (node.name === 'input') return node.attribs.checked === undefined ? '[ ]' : '[x]';
  if (/footnote-/.test(classes) || unseen.has(node.name)) return inside.replace('\u00a0', ' ');
  const name = same[node.name] ?? node.name;
  const kept = ['id', 'href', 'title'].filter((each) => node.attribs[each] !== undefined && name !== 'sup');
  return `<${name}${kept.map((each) => ` ${each}=${node.attribs[each]}`).join('')}>${inside}</${name}>`;
}

function isIn(node: ChildNode, name: string): boolean {
  return node.parent?.type === 'tag' && node.parent.name === name;
}

const site = {
  key: 'recordings',
  flavour: 'mkdocs' as const,
  files: ['index.md', 'x.md', 'y.md', 'a.md', 'a b.md', 'first.md', 'second.md'],
  pageBase: '',
  fileBase: '',
  query: '',
};

describe('blocks are what Python-Markdown makes of them', () => {
  it.each(recordings)('$name', ({ text, html, indent }) => {
    const markdown: MarkdownSettings = { ...everything, indent: indent ?? 4 };
    const page = renderPage(
      { ...site, markdown },
      { path: 'index.md', text, snippets: {} },
      { highlight: false },
    );
    const expected = html.replace(
      /href="([\w ]+)\.md"/g,
      (_, name: string) => `href="/${encodeURIComponent(name)}"`,
    );
    expect(outline(page.html)).toBe(outline(expected));
  });
});
