import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attacks } from '#tools/docs-attacks.ts';
import { github, page, site } from './page-test-support.ts';
import { renderPage } from './render-page.ts';

describe('the title', () => {
  it.each([
    ['---\ntitle: In front\n---\n# Heading', 'In front'],
    ['Title: In front\n\n# Heading', 'In front'],
    ['text\n\n# The *heading*', 'The heading'],
    ['text', 'Setup'],
    ['---\ntitle: [broken\n---\n# Heading', 'Heading'],
  ])('of %j is %s', (text, title) => {
    expect(page(text).title).toBe(title);
  });
});

it('front matter is told and never shown', () => {
  const { frontMatter, html } = page('---\ntitle: A\ndescription: B\ntags: [c, 1]\nowner: d\n---\n\ntext');
  expect(frontMatter).toEqual({
    title: 'A',
    description: 'B',
    tags: ['c'],
    fields: { title: 'A', description: 'B', tags: ['c', 1], owner: 'd' },
  });
  expect(html).toBe('<p>text</p>\n');
});

it('front matter that cannot be read says why', () => {
  expect(page('---\na: [b\n---\ntext').frontMatter.problem).toMatch(/./);
  expect(page('---\n- a\n---\ntext').frontMatter.problem).toContain('not a mapping');
  const bomb = `---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(15)}]\nc: &c [${'*b,'.repeat(15)}]\nd: [${'*c,'.repeat(15)}]\n---\ntext`;
  expect(page(bomb).frontMatter.problem).toMatch(/./);
});

it('passages are the text by section, with the headings above', () => {
  const text = 'before\n\n# One\n\na **b**\n\n- c\n\n### Three\n\n```sh\necho\n```\n\n## Two\n\n<b>d</b> e';
  expect(page(text).passages).toEqual([
    { anchor: null, heading: null, trail: [], text: 'before' },
    { anchor: 'one', heading: 'One', trail: [], text: 'a b\nc' },
    { anchor: 'three', heading: 'Three', trail: ['One'], text: 'echo' },
    { anchor: 'two', heading: 'Two', trail: ['One'], text: 'd e' },
  ]);
});

it('passages have the words of diagrams, and not their arrows', () => {
  const diagram = '```mermaid\nstateDiagram-v2\n[*] --> Authorised: card\nA-->B : it’s paid\n```';
  expect(page(`# One\n\n${diagram}`).passages).toMatchObject([{ text: 'Authorised card\nA B it’s paid' }]);
});

it('words are those of the prose', () => {
  expect(page('# Two words\n\nThree more `words`, don’t you\n\n```\nnot these\n```').words).toBe(7);
});

it('what is left to do is found in prose, with its line', () => {
  const { todos } = page(
    '---\na: b\n---\none\ntwo TBD: later\n\n`TBD`\n\n```\nTBD\n```\n\n- item\n\n    TBD',
  );
  expect(todos).toEqual([
    { line: 5, text: 'two TBD: later' },
    { line: 15, text: 'TBD' },
  ]);
});

it.each([
  ['src/a/b.ts', 'path'],
  ['./scripts/deploy.sh', 'path'],
  ['Dockerfile', 'path'],
  ['config.yaml:12', 'path'],
  ['server/', 'path'],
  ['PaymentService.refund()', 'symbol'],
  ['MAX_RETRIES', 'symbol'],
  ['retryCount', 'symbol'],
  ['PaymentService', 'symbol'],
  ['npm run build', 'command'],
  ['$ kubectl get pods', 'command'],
  ['true', undefined],
  ['application/json', undefined],
  ['1.2.3', undefined],
  ['--flag', undefined],
  ['x', undefined],
])('`%s` is a mention of a %s', (code, kind) => {
  expect(page(`text \`${code}\``).mentions).toEqual(
    kind === undefined ? [] : [{ text: code, line: 1, kind }],
  );
});

it('indexing finds the same as reading', () => {
  const text = '# A\n\n[x](../index.md) `a/b.ts`\n\n```js\nlet a = 1;\n```';
  const { html: _, ...read } = page(text);
  const source = { path: 'guide/setup.md', text, snippets: {} };
  const { html, ...indexed } = renderPage(site, source, { highlight: false });
  expect(indexed).toEqual(read);
  expect(html).not.toContain('hljs');
});

it('any text is a page, always the same one, that can be handed between threads', () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '\n',
      '\n\n',
      '    ',
      '- ',
      '1. ',
      '> ',
      '# ',
      '|',
      '```\n',
      '!!! note\n',
      '=== "a"\n',
      '???\n',
    ),
    fc.constantFrom(
      '<div>',
      '</div>',
      '<div markdown>\n',
      '[^1]',
      '[^1]: ',
      '[a]: b\n',
      ':   ',
      '$$',
      '*[a]: ',
      '\t',
    ),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), fc.constantFrom(site, github), (parts, context) => {
      const first = page(parts.join(''), context);
      expect(page(parts.join(''), context)).toEqual(first);
      expect(structuredClone(first)).toEqual(first);
    }),
    { numRuns: 300, seed: 6 },
  );
});

it('lines of links are those of the file, whatever stands around them', () => {
  const around = [
    '- {}',
    '> {}',
    '!!! note\n    {}',
    '1. a\n\n    {}',
    '| a |\n|---|\n| {} |',
    '# {}',
    '<p>{}</p>',
    'a\n{}\nb',
  ];
  for (const context of [site, github]) {
    for (const each of around) {
      const text = `---\na: b\n---\n\none\n\n${each.replace('{}', '<a href="../index.md">x</a>')}`;
      const expected = text.split('\n').findIndex((line) => line.includes('href')) + 1;
      expect(page(text, context).links, each).toMatchObject([{ line: expected }]);
    }
  }
});

it('attacks leave no page unrendered', () => {
  for (const { text } of attacks()) expect(() => page(text)).not.toThrow();
});
