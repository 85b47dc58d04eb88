import type { StateCore, Token } from 'markdown-it';
import { setLines } from '../token-lines.ts';
import { workOf } from '../work.ts';
import type { Element, Node, SourceLine, Text } from './nodes.ts';
import type { ParsedPage } from './parse.ts';

/** markdown-it's names of what its rules for blocks make. */
const types: Readonly<Record<string, string>> = {
  p: 'paragraph',
  ul: 'bullet_list',
  ol: 'ordered_list',
  li: 'list_item',
  h1: 'heading',
  h2: 'heading',
  h3: 'heading',
  h4: 'heading',
  h5: 'heading',
  h6: 'heading',
};
/** Elements whose text stands in a paragraph that isn't shown as one. */
const withHiddenParagraphs = new Set(['li', 'dd', 'footnote', 'blockquote', 'div', 'details']);

/** Gives the state the tokens of a page's blocks, as markdown-it's own rules would have. */
export function addTokens(state: StateCore, page: ParsedPage): void {
  new TokenWriter(state).write(page);
}

class TokenWriter {
  private readonly state: StateCore;
  private level = 0;

  constructor(state: StateCore) {
    this.state = state;
  }

  write(page: ParsedPage): void {
    for (const child of page.root.children) this.node(child, page.root);
    for (const [label, body] of page.footnotes) {
      this.push('footnote_reference_open', '', 1).meta = { label };
      for (const child of body.children) this.node(child, body);
      this.push('footnote_reference_close', '', -1);
    }
  }

  private node(node: Node, parent: Element): void {
    switch (node.kind) {
      case 'text':
        this.text(node, parent);
        break;
      case 'code':
        this.leaf('code_block', 'code', node.content, node.at);
        break;
      case 'fence':
        this.leaf('fence', 'code', node.content, node.at).info = node.info;
        break;
      case 'formula':
        this.leaf('math_block', 'math', node.content, node.at);
        break;
      case 'html':
        for (const piece of node.pieces) {
          if (typeof piece === 'string') this.leaf('html_block', '', piece, node.at);
          else this.node(piece, parent);
        }
        break;
      default:
        this.element(node);
    }
  }

  private element(node: Element): void {
    if (node.tag === 'hr') {
      this.push('hr', 'hr', 0);
    } else if (node.tag === 'tabs') {
      this.tabs(node);
    } else if (node.tag === 'p') {
      const attrs = Object.entries(node.attrs);
      for (const child of node.children) {
        if (child.kind === 'text') this.paragraph(child.lines, attrs);
        else this.node(child, node);
      }
    } else {
      const type = types[node.tag] ?? node.tag;
      this.open(type, node.tag, node.attrs);
      for (const child of node.children) this.node(child, node);
      this.push(`${type}_close`, node.tag, -1);
    }
  }

  private text(node: Text, parent: Element): void {
    if (withHiddenParagraphs.has(parent.tag)) this.paragraph(node.lines, []).forEach(hide);
    else this.inline(node.lines);
  }

  /** Lines of a paragraph; what stands for a fence or HTML among them ends it and begins another. */
  private paragraph(lines: readonly SourceLine[], attrs: [string, string][]): Token[] {
    const tokens: Token[] = [];
    let prose: SourceLine[] = [];
    const finish = () => {
      if (prose.some((line) => line.text !== '')) {
        tokens.push(this.open('paragraph', 'p', Object.fromEntries(attrs)));
        this.inline(prose);
        tokens.push(this.push('paragraph_close', 'p', -1));
      }
      prose = [];
    };
    for (const line of lines) {
      if (line.stash === undefined) prose.push(line);
      else {
        finish();
        this.node(line.stash, { kind: 'element', tag: 'div', attrs: {}, children: [] });
      }
    }
    finish();
    return tokens;
  }

  private inline(lines: readonly SourceLine[]): void {
    const token = this.push('inline', '', 0);
    token.content = lines
      .map((line) => line.text)
      .join('\n')
      .trim();
    token.children = [];
    setLines(
      token,
      lines.map((line) => line.at),
    );
  }

  private leaf(type: string, tag: string, content: string, at: number | undefined): Token {
    const token = this.push(type, tag, 0);
    token.content = content;
    setLines(token, [at]);
    return token;
  }

  /** Radio buttons and labels, so that tabs change without a script; in the form of PyMdown's alternate style. */
  private tabs(set: Element): void {
    const work = workOf(this.state.env);
    work.tabSets++;
    const number = work.tabSets;
    const tabs = set.children.filter((child) => child.kind === 'element');
    const chosen = Math.max(
      tabs.findIndex((tab) => tab.attrs.open !== undefined),
      0,
    );
    const id = (index: number) => `__tabbed_${number}_${index + 1}`;
    this.open('div', 'div', {
      class: 'tabbed-set tabbed-alternate',
      'data-tabs': `${number}:${tabs.length}`,
    });
    tabs.forEach((_, index) => {
      const checked = index === chosen ? ' checked' : '';
      const input = `<input type="radio" id="${id(index)}" name="__tabbed_${number}"${checked}>`;
      this.leaf('own_html', '', input, undefined);
    });
    this.open('div', 'div', { class: 'tabbed-labels' });
    tabs.forEach((tab, index) => {
      this.open('label', 'label', { for: id(index) });
      const title = tab.children.find((child) => child.kind === 'element' && child.tag === 'tab-title');
      if (title?.kind === 'element') for (const child of title.children) this.node(child, title);
      this.push('label_close', 'label', -1);
    });
    this.push('div_close', 'div', -1);
    this.open('div', 'div', { class: 'tabbed-content' });
    for (const tab of tabs) {
      this.open('div', 'div', { class: 'tabbed-block' });
      for (const child of tab.children.slice(1)) this.node(child, tab);
      this.push('div_close', 'div', -1);
    }
    this.push('div_close', 'div', -1);
    this.push('div_close', 'div', -1);
  }

  private open(type: string, tag: string, attrs: Readonly<Record<string, string>>): Token {
    const token = this.push(`${type}_open`, tag, 1);
    for (const [name, value] of Object.entries(attrs)) token.attrSet(name, value);
    return token;
  }

  private push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
    const token = new this.state.Token(type, tag, nesting);
    token.block = true;
    if (nesting < 0) this.level--;
    token.level = this.level;
    if (nesting > 0) this.level++;
    this.state.tokens.push(token);
    return token;
  }
}

function hide(token: Token): void {
  token.hidden = true;
}
