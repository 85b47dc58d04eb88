import { describe, expect, it } from 'vitest';
import { github, page, site } from './page-test-support.ts';
import { markdownSettings } from './settings.ts';

/** HTML without line breaks between elements. */
function html(text: string, context = site): string {
  return page(text, context).html.replace(/\n(?=<)|\n$/g, '');
}

describe('in the flavour of MkDocs', () => {
  it.each([
    ['++ctrl+alt+"x"++', '<span class="keys"><kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>x</kbd></span>'],
    [':smile: :man_shrugging: :unknown:', '😄 🤷‍♂️ :unknown:'],
    [':material-check: done', '<span title="material-check" class="icon">✓</span> done'],
    ['(c) 2026 --> 1/2', '© 2026 → ½'],
    [
      '{++new++} {--old--} {~~a~>b~~}',
      '<ins class="critic">new</ins> <del class="critic">old</del> <del class="critic">a</del><ins class="critic">b</ins>',
    ],
    [
      'H~2~O x^2^ ^^in^^ ==m== ~~out~~',
      'H<sub>2</sub>O x<sup>2</sup> <ins>in</ins> <mark>m</mark> <s>out</s>',
    ],
    [
      'see https://example.com/a.',
      'see <a href="https://example.com/a" rel="noopener noreferrer">https://example.com/a</a>.',
    ],
    ['www.example.com', '<a href="http://www.example.com/" rel="noopener noreferrer">www.example.com</a>'],
    ['replace <your-name> here', 'replace &lt;your-name&gt; here'],
    ['`#!python x = 1`', '<code class="language-python">x = <span class="hljs-number">1</span></code>'],
    [
      '$x^2$ costs $5 or $6',
      '<math><msup><mi>x</mi><mn class="tml-sml-pad">2</mn></msup></math> costs $5 or $6',
    ],
    [
      '[One](a.md){ .md-button .mantine-x }',
      '<a class="md-button missing-link" href="/docs/component/default/payments-api/guide/a?version=v1">One</a>',
    ],
  ])('%s', (text, expected) => {
    expect(html(text)).toBe(`<p>${expected}</p>`);
  });

  it('tabs work without a script', () => {
    const shown = html('=== "One"\n\n    a\n\n=== "Two *x*"\n\n    b\n\n===! "Other"\n\n    c');
    expect(shown).toContain('<input type="radio" id="__tabbed_1_1" name="__tabbed_1" checked>');
    expect(shown).toContain('<label for="__tabbed_1_2">Two <em>x</em></label>');
    expect(shown).toContain('<div class="tabbed-block"><p>b</p></div>');
    expect(shown).toContain('id="__tabbed_2_1"');
  });

  it('a fence ends the paragraph that it stands in', () => {
    expect(html('text\n```\ncode\n```\nmore')).toMatch(
      /^<p>text<\/p><div class="code">.*<\/div><p>more<\/p>$/s,
    );
  });

  it('alerts are admonitions, with a title of their own if there is one', () => {
    expect(html('> [!WARNING]\n> *Hot*')).toBe(
      '<div class="admonition warning"><p class="admonition-title">Warning</p><p><em>Hot</em></p></div>',
    );
    expect(html('> [!NOTE] Mind\n> x')).toContain('<p class="admonition-title">Mind</p>');
  });

  it('a table of contents stands where it is asked for', () => {
    expect(html('[TOC]\n\n# A\n\n## B\n\n# C')).toContain(
      '<div class="toc"><ul><li><a href="#a">A</a><ul><li><a href="#b">B</a></li></ul></li><li><a href="#c">C</a></li></ul></div>',
    );
  });
});

describe('by the settings of a site', () => {
  it('only what the site turns on is on', () => {
    const plain = { ...site, markdown: markdownSettings({ markdown_extensions: ['admonition'] }) };
    expect(html('==a== ~~b~~ :smile: https://example.com', plain)).toBe(
      '<p>==a== ~~b~~ :smile: https://example.com</p>',
    );
    expect(html('!!! note\n    x', plain)).toContain('class="admonition note"');
    expect(html('=== "Tab"\n    x', plain)).not.toContain('tabbed');
  });

  it('short forms lead to the repository', () => {
    const options = { repo_url_shorthand: true, user: 'acme', repo: 'payments' };
    const settings = markdownSettings({ markdown_extensions: [{ 'pymdownx.magiclink': options }] });
    const shown = html('see #12, acme/other#3 and @mona, not a#4', { ...site, markdown: settings });
    expect(shown).toContain('href="https://github.com/acme/payments/issues/12"');
    expect(shown).toContain('href="https://github.com/acme/other/issues/3"');
    expect(shown).toContain('href="https://github.com/mona"');
    expect(shown).toContain('not a#4');
  });
});

describe('in the flavour of GitHub', () => {
  it.each([
    ['text\n- one\n- two', '<p>text</p><ul><li>one</li><li>two</li></ul>'],
    ['- one\n  - two', '<ul><li>one<ul><li>two</li></ul></li></ul>'],
    ['~~gone~~ :rocket:', '<p><s>gone</s> 🚀</p>'],
    [
      'a | b\n--|:-:\n1 | 2',
      '<table><thead><tr><th>a</th><th class="align-center">b</th></tr></thead><tbody><tr><td>1</td><td class="align-center">2</td></tr></tbody></table>',
    ],
    ['!!! note\n    x', '<p>!!! note\nx</p>'],
    ['> [!TIP]\n> x', '<div class="admonition tip"><p class="admonition-title">Tip</p><p>x</p></div>'],
    [
      '> [!TIP]\n>\n> x\n\ny',
      '<div class="admonition tip"><p class="admonition-title">Tip</p><p>x</p></div><p>y</p>',
    ],
    [
      '- [x] done',
      '<ul class="task-list"><li class="task-list-item"><input type="checkbox" disabled checked aria-label="Done"> done</li></ul>',
    ],
    [
      '<details><summary>More</summary>\n\n**x**\n\n</details>',
      '<details><summary>More</summary><p><strong>x</strong></p></details>',
    ],
    ['<sub>a</sub> <kbd>b</kbd>', '<p><sub>a</sub> <kbd>b</kbd></p>'],
  ])('%s', (text, expected) => {
    expect(html(text, github)).toBe(expected);
  });

  it('footnotes and formulas', () => {
    const shown = html('a[^1] $x$\n\n$$\ny\n$$\n\n[^1]: note', github);
    expect(shown).toContain('<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>');
    expect(shown).toContain('<math display="block"');
    expect(shown).toContain('<li id="fn:1"><p>note');
  });
});

it('headings have the anchors of their flavour', () => {
  const text = '# Über "x" & y\n\n# Über "x" & y\n\n# `code_x` *b*';
  expect(page(text).headings.map((heading) => heading.id)).toEqual(['uber-x-y', 'uber-x-y_1', 'code_x-b']);
  expect(page(text, github).headings.map((heading) => heading.id)).toEqual([
    'über-x--y',
    'über-x--y-1',
    'code_x-b',
  ]);
});
