import { moreRecordings } from './more-recordings.ts';
import type { Recording } from './recording.ts';

export const recordings: readonly Recording[] = [
  {
    name: 'a list needs a blank line before it',
    text: 'text\n- one\n- two',
    html: '<p>text\n- one\n- two</p>',
  },
  {
    name: 'a list after a blank line',
    text: 'text\n\n- one\n- two',
    html: '<p>text</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>',
  },
  {
    name: 'items nest by four',
    text: '- one\n    - two\n        - three\n    - four\n- five',
    html: '<ul>\n<li>one<ul>\n<li>two<ul>\n<li>three</li>\n</ul>\n</li>\n<li>four</li>\n</ul>\n</li>\n<li>five</li>\n</ul>',
  },
  {
    name: 'two spaces do not nest',
    text: '- one\n  - two\n  - three',
    html: '<ul>\n<li>one</li>\n<li>two</li>\n<li>three</li>\n</ul>',
  },
  {
    name: 'paragraphs in items',
    text: '- one\n\n    more\n\n- two',
    html: '<ul>\n<li>\n<p>one</p>\n<p>more</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ul>',
  },
  {
    name: 'loose items',
    text: '1. one\n\n2. two\n\n3. three',
    html: '<ol>\n<li>\n<p>one</p>\n</li>\n<li>\n<p>two</p>\n</li>\n<li>\n<p>three</p>\n</li>\n</ol>',
  },
  {
    name: 'numbers go on after marks',
    text: '1. one\n* two\n3. three',
    html: '<ol>\n<li>one</li>\n<li>two</li>\n<li>three</li>\n</ol>',
  },
  {
    name: 'code in an item',
    text: '- one\n\n        code\n\n- two',
    html: '<ul>\n<li>\n<p>one</p>\n<pre><code>code\n</code></pre>\n</li>\n<li>\n<p>two</p>\n</li>\n</ul>',
  },
  {
    name: 'a fence in an item',
    text: '1. one\n\n    ```sh\n    echo\n\n    more\n    ```\n\n2. two',
    html: '<ol>\n<li>\n<p>one</p>\n<div class="highlight"><pre><span></span><code><span class="nb">echo</span>\n\nmore\n</code></pre></div>\n</li>\n<li>\n<p>two</p>\n</li>\n</ol>',
  },
  {
    name: 'a fence in an item by its text',
    text: '- one\n  ```\n  code\n  ```\n- two',
    html: '<ul>\n<li>one\n  <div class="highlight"><pre><span></span><code>code\n</code></pre></div></li>\n<li>two</li>\n</ul>',
  },
  {
    name: 'a fence that ends the list',
    text: '1. one\n\n   ```\n   code\n   ```\n\n2. two',
    html: '<ol>\n<li>one</li>\n</ol>\n<div class="highlight"><pre><span></span><code>code\n</code></pre></div>\n<ol>\n<li>two</li>\n</ol>',
  },
  { name: 'a fence that nothing closes', text: '```\ncode\n\ntext', html: '<p>```\ncode</p>\n<p>text</p>' },
  {
    name: 'fences in indented code',
    text: '    ```\n    code\n    ```',
    html: '<pre><code>```\ncode\n```\n</code></pre>',
  },
  {
    name: 'a fence of tildes with one of ticks',
    text: '~~~\n```\ncode\n```\n~~~',
    html: '<div class="highlight"><pre><span></span><code>```\ncode\n```\n</code></pre></div>',
  },
  {
    name: 'a fence in a quote',
    text: '> text\n>\n> ```\n> code\n> ```\n>\n> more',
    html: '<blockquote>\n<p>text</p>\n<div class="highlight"><pre><span></span><code>code\n</code></pre></div>\n<p>more</p>\n</blockquote>',
  },
  {
    name: 'quotes go on lazily',
    text: '> one\ntwo\n\n> three',
    html: '<blockquote>\n<p>one\ntwo</p>\n<p>three</p>\n</blockquote>',
  },
  {
    name: 'a quote in an item',
    text: '- one\n\n    > two\n    > three',
    html: '<ul>\n<li>\n<p>one</p>\n<blockquote>\n<p>two\nthree</p>\n</blockquote>\n</li>\n</ul>',
  },
  {
    name: 'a quote behind text',
    text: 'text\n> quote',
    html: '<p>text</p>\n<blockquote>\n<p>quote</p>\n</blockquote>',
  },
  {
    name: 'headings without space',
    text: '#one\n##two##\ntext\n### three ###',
    html: '<h1 id="one">one</h1>\n<h2 id="two">two</h2>\n<p>text</p>\n<h3 id="three">three</h3>',
  },
  {
    name: 'a heading in a paragraph',
    text: 'text\n# heading\nmore',
    html: '<p>text</p>\n<h1 id="heading">heading</h1>\n<p>more</p>',
  },
  {
    name: 'a heading by a line',
    text: 'one\n===\ntwo\n---\nthree',
    html: '<h1 id="one">one</h1>\n<h2 id="two">two</h2>\n<p>three</p>',
  },
  {
    name: 'a heading with attributes',
    text: '# one { #two .three }',
    html: '<h1 class="three" id="two">one</h1>',
  },
  {
    name: 'rules',
    text: 'one\n\n* * *\n\ntwo\n***\nthree',
    html: '<p>one</p>\n<hr />\n<p>two</p>\n<hr />\n<p>three</p>',
  },
  {
    name: 'indented code with gaps',
    text: '    one\n\n\n    two\n\ntext',
    html: '<pre><code>one\n\n\ntwo\n</code></pre>\n<p>text</p>',
  },
  {
    name: 'code after a paragraph needs a blank line',
    text: 'text\n    code',
    html: '<p>text\n    code</p>',
  },
  {
    name: 'a table',
    text: '| a | b |\n|---|:-:|\n| `x|y` | 2 |\n| 3 |',
    html: '<table>\n<thead>\n<tr>\n<th>a</th>\n<th style="text-align: center;">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><code>x|y</code></td>\n<td style="text-align: center;">2</td>\n</tr>\n<tr>\n<td>3</td>\n<td style="text-align: center;"></td>\n</tr>\n</tbody>\n</table>',
  },
  {
    name: 'a table without borders',
    text: 'a | b\n--|--\n1 | 2 | 3',
    html: '<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>',
  },
  {
    name: 'a table needs a blank line',
    text: 'text\na | b\n--|--\n1 | 2',
    html: '<p>text\na | b\n--|--\n1 | 2</p>',
  },
  {
    name: 'an admonition',
    text: '!!! note\n    text\n\n    - one\n    - two\n\nbehind',
    html: '<div class="admonition note">\n<p class="admonition-title">Note</p>\n<p>text</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n</div>\n<p>behind</p>',
  },
  {
    name: 'an admonition with a title',
    text: '!!! danger highlight "A *title*"\n    text',
    html: '<div class="admonition danger highlight">\n<p class="admonition-title">A <em>title</em></p>\n<p>text</p>\n</div>',
  },
  {
    name: 'an admonition without a title',
    text: '!!! tip ""\n    text',
    html: '<div class="admonition tip">\n<p>text</p>\n</div>',
  },
  ...moreRecordings,
];
