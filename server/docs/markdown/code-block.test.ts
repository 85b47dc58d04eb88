import { expect, it } from 'vitest';
import { codeBlock } from './code-block.ts';

const plain = { highlight: false, lineNumbers: false };

it('code has its title, its language and its text', () => {
  expect(codeBlock('a < b\n', 'ts title="a.ts"', plain)).toBe(
    '<div class="code"><div class="code-title">a.ts</div><pre tabindex="0"><code class="language-ts">a &lt; b\n</code></pre></div>\n',
  );
});

it('lines are numbered and marked', () => {
  const html = codeBlock('a\nb\n', '{.sh linenums="5" hl_lines="2"}', plain);
  expect(html).toContain(
    '<span class="line" data-line="5">a\n</span><span class="line marked" data-line="6">b\n</span>',
  );
});

it('a site can number all lines, and a block none', () => {
  expect(codeBlock('a\n', '', { highlight: false, lineNumbers: true })).toContain('data-line="1"');
  expect(codeBlock('a\n', 'sh linenums="0"', { highlight: false, lineNumbers: true })).not.toContain(
    'data-line',
  );
});

it('colours that go over the end of a line begin again on the next', () => {
  const html = codeBlock('/* a\nb */\n', 'js hl_lines="1"', { highlight: true, lineNumbers: false });
  expect(html).toContain(
    '<span class="line marked"><span class="hljs-comment">/* a</span>\n</span>' +
      '<span class="line"><span class="hljs-comment">b */</span>\n</span>',
  );
});

it('diagrams and formulas are no code', () => {
  expect(codeBlock('graph TD; A-->B\n', 'mermaid', plain)).toBe(
    '<pre class="mermaid">graph TD; A--&gt;B\n</pre>\n',
  );
  expect(codeBlock('x\n', 'math', plain)).toContain('<math display="block"');
  expect(codeBlock('\\frac{\n', 'math', plain)).toBe('<code class="math">\\frac{\n</code>\n');
});
