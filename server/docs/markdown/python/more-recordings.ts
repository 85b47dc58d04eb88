import type { Recording } from './recording.ts';

export const moreRecordings: readonly Recording[] = [
  {
    name: 'an admonition in an item',
    text: '- one\n\n    !!! note\n        text\n\n    more',
    html: '<ul>\n<li>\n<p>one</p>\n<div class="admonition note">\n<p class="admonition-title">Note</p>\n<p>text</p>\n</div>\n<p>more</p>\n</li>\n</ul>',
  },
  {
    name: 'admonitions inside',
    text: '!!! note\n    one\n\n    !!! tip\n        two\n\n    three',
    html: '<div class="admonition note">\n<p class="admonition-title">Note</p>\n<p>one</p>\n<div class="admonition tip">\n<p class="admonition-title">Tip</p>\n<p>two</p>\n</div>\n<p>three</p>\n</div>',
  },
  {
    name: 'a list in an admonition goes on',
    text: '!!! note\n    - one\n\n        more\n\n    - two',
    html: '<div class="admonition note">\n<p class="admonition-title">Note</p>\n<ul>\n<li>\n<p>one</p>\n<p>more</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ul>\n</div>',
  },
  {
    name: 'an admonition behind text',
    text: 'text\n!!! note\n    inside',
    html: '<p>text</p>\n<div class="admonition note">\n<p class="admonition-title">Note</p>\n<p>inside</p>\n</div>',
  },
  {
    name: 'details',
    text: '??? note "Title"\n    text\n\n???+ tip\n    open',
    html: '<details class="note">\n<summary>Title</summary>\n<p>text</p>\n</details>\n<details class="tip" open="open">\n<summary>Tip</summary>\n<p>open</p>\n</details>',
  },
  {
    name: 'definitions',
    text: 'Term\n:   one\n\n    more\n\nOther\n:   two\n:   three',
    html: '<dl>\n<dt>Term</dt>\n<dd>\n<p>one</p>\n<p>more</p>\n</dd>\n<dt>Other</dt>\n<dd>two</dd>\n<dd>three</dd>\n</dl>',
  },
  {
    name: 'definitions with a list',
    text: 'Term\n:   - one\n    - two',
    html: '<dl>\n<dt>Term</dt>\n<dd>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n</dd>\n</dl>',
  },
  {
    name: 'html lasts to its end tag',
    text: '<div>\n\n**text**\n\n</div>\n\n**more**',
    html: '<div>\n\n**text**\n\n</div>\n\n<p><strong>more</strong></p>',
  },
  {
    name: 'html in a line',
    text: 'text <b>bold *em*</b> more',
    html: '<p>text <b>bold <em>em</em></b> more</p>',
  },
  {
    name: 'html in a paragraph',
    text: 'text\n<div>inside</div>\nmore',
    html: '<p>text</p>\n<div>inside</div>\n<p>more</p>',
  },
  {
    name: 'markdown in html',
    text: '<div markdown>\n**text**\n\n- one\n</div>',
    html: '<div>\n<p><strong>text</strong></p>\n<ul>\n<li>one</li>\n</ul>\n</div>',
  },
  {
    name: 'markdown in a line of html',
    text: '<p markdown="span">**text**</p>',
    html: '<p><strong>text</strong></p>',
  },
  {
    name: 'markdown in html inside',
    text: '<div markdown="1">\n<section markdown="1">\n*one*\n</section>\n*two*\n</div>',
    html: '<div>\n<section>\n<p><em>one</em></p>\n</section>\n<p><em>two</em></p>\n</div>',
  },
  {
    name: 'comments',
    text: 'one\n\n<!-- two\n\nthree -->\n\nfour',
    html: '<p>one</p>\n<!-- two\n\nthree -->\n\n<p>four</p>',
  },
  {
    name: 'references',
    text: '[one][a] [a]\n\n[two] [b]\n\n[a]: x.md "Title"\n[b]: <y.md>',
    html: '<p><a href="x.md" title="Title">one</a> <a href="x.md" title="Title">a</a></p>\n<p><a href="y.md">two</a></p>',
  },
  {
    name: 'a later reference counts',
    text: '[one]\n\n[one]: first.md\n[one]: second.md',
    html: '<p><a href="second.md">one</a></p>',
  },
  {
    name: 'spaces in an address',
    text: '[one](a b.md) [two](a.md "t")',
    html: '<p><a href="a b.md">one</a> <a href="a.md" title="t">two</a></p>',
  },
  {
    name: 'emphasis',
    text: '*one* _two_ **three** __four__ six_seven_eight',
    html: '<p><em>one</em> <em>two</em> <strong>three</strong> <strong>four</strong> six_seven_eight</p>',
  },
  {
    name: 'lowered, raised, marked',
    text: 'H~2~O x^2^ ~~gone~~ ^^new^^ ==seen==',
    html: '<p>H<sub>2</sub>O x<sup>2</sup> <del>gone</del> <ins>new</ins> <mark>seen</mark></p>',
  },
  { name: 'line breaks', text: 'one  \ntwo\nthree\\\nfour', html: '<p>one<br />\ntwo\nthree\\\nfour</p>' },
  { name: 'escapes', text: '\\*one\\* \\@two \\`three\\`', html: '<p>*one* \\@two `three`</p>' },
  {
    name: 'tasks',
    text: '- [ ] one\n- [x] two\n    - [ ] three',
    html: '<ul class="task-list">\n<li class="task-list-item"><input type="checkbox" disabled/> one</li>\n<li class="task-list-item"><input type="checkbox" disabled checked/> two<ul class="task-list">\n<li class="task-list-item"><input type="checkbox" disabled/> three</li>\n</ul>\n</li>\n</ul>',
  },
  {
    name: 'footnotes by their definitions',
    text: 'one[^b] two[^a]\n\n[^a]: first\n[^b]: second\n\n    more',
    html: '<p>one<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">2</a></sup> two<sup id="fnref:a"><a class="footnote-ref" href="#fn:a">1</a></sup></p>\n<div class="footnote">\n<hr />\n<ol>\n<li id="fn:a">\n<p>first&#160;<a class="footnote-backref" href="#fnref:a" title="Jump back to footnote 1 in the text">&#8617;</a></p>\n</li>\n<li id="fn:b">\n<p>second</p>\n<p>more&#160;<a class="footnote-backref" href="#fnref:b" title="Jump back to footnote 2 in the text">&#8617;</a></p>\n</li>\n</ol>\n</div>',
  },
  {
    name: 'abbreviations',
    text: 'HTML is old\n\n*[HTML]: Hyper Text',
    html: '<p><abbr title="Hyper Text">HTML</abbr> is old</p>',
  },
  {
    name: 'attributes of a paragraph',
    text: 'text\n{: .note #here }',
    html: '<p class="note" id="here">text</p>',
  },
  {
    name: 'tabs as spaces',
    text: '-\tone\n\n\ttwo',
    html: '<ul>\n<li>\n<p>one</p>\n<p>two</p>\n</li>\n</ul>',
  },
  {
    name: 'headings of the same name',
    text: '# one\n\n# one\n\n# one\n\n# Ünïcode & more',
    html: '<h1 id="one">one</h1>\n<h1 id="one_1">one</h1>\n<h1 id="one_2">one</h1>\n<h1 id="unicode-more">Ünïcode &amp; more</h1>',
  },
  {
    name: 'items nest by two',
    text: '- one\n  - two\n    - three\n- four',
    html: '<ul>\n<li>one<ul>\n<li>two<ul>\n<li>three</li>\n</ul>\n</li>\n</ul>\n</li>\n<li>four</li>\n</ul>',
    indent: 2,
  },
  {
    name: 'loose items are lists of their own',
    text: '- one\n\n- two',
    html: '<ul>\n<li>one</li>\n</ul>\n<ul>\n<li>two</li>\n</ul>',
    indent: 2,
  },
  {
    name: 'numbers and marks are two lists',
    text: '1. one\n2. two\n\n- three',
    html: '<ol>\n<li>one</li>\n<li>two</li>\n</ol>\n<ul>\n<li>three</li>\n</ul>',
    indent: 2,
  },
  {
    name: 'code in an item by two',
    text: '- one\n\n  text\n\n      code',
    html: '<ul>\n<li>\n<p>one</p>\n<p>text</p>\n<pre><code>code\n</code></pre>\n</li>\n</ul>',
    indent: 2,
  },
];
