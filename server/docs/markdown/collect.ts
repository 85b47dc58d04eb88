/** What a page says besides its HTML: text by section, what is still to do, what of the code it speaks of. */
import type { Token } from 'markdown-it';
import { mentionKind } from './mentions.ts';
import type { Mention, Passage, Todo } from './page.ts';
import { plainText } from './plain-text.ts';
import { lineOf } from './token-lines.ts';

export interface Collected {
  readonly passages: readonly Passage[];
  readonly todos: readonly Todo[];
  readonly mentions: readonly Mention[];
  readonly words: number;
}

const word = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;
/** Written apart, since our own sources may have none. */
const toDo = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'TBD'].join('|')})\\b`);
const longestTodo = 200;

export function collect(tokens: readonly Token[]): Collected {
  const collector = new Collector();
  tokens.forEach((token, index) => {
    collector.take(token, tokens[index + 1]);
  });
  return collector.finish();
}

class Collector {
  private readonly passages: Passage[] = [];
  private readonly todos: Todo[] = [];
  private readonly mentions: Mention[] = [];
  private readonly above: { level: number; text: string }[] = [];
  private section: { anchor: string | null; heading: string | null; trail: string[]; text: string[] };
  private words = 0;
  private inHeading = false;

  constructor() {
    this.section = { anchor: null, heading: null, trail: [], text: [] };
  }

  take(token: Token, next: Token | undefined): void {
    if (token.type === 'heading_open') this.startSection(token, next);
    else if (token.type === 'heading_close') this.inHeading = false;
    else if (token.type === 'inline') this.prose(token);
    else if (token.type === 'fence' || token.type === 'code_block') this.section.text.push(codeText(token));
    else if (token.type === 'html_block') this.section.text.push(token.content.replace(/<[^<>]*>/g, ' '));
  }

  finish(): Collected {
    this.endSection();
    return { passages: this.passages, todos: this.todos, mentions: this.mentions, words: this.words };
  }

  private startSection(token: Token, content: Token | undefined): void {
    this.endSection();
    const level = Number(token.tag.slice(1));
    const heading = plainText(content?.children ?? [])
      .replace(/\s+/g, ' ')
      .trim();
    while ((this.above.at(-1)?.level ?? 0) >= level) this.above.pop();
    const trail = this.above.map((each) => each.text);
    this.above.push({ level, text: heading });
    const id = token.attrGet('id');
    this.section = { anchor: id === null ? null : String(id), heading, trail, text: [] };
    this.inHeading = true;
  }

  private endSection(): void {
    const { text, ...rest } = this.section;
    const joined = text
      .join('\n')
      .replace(/[ \t]+/g, ' ')
      .replace(/\s*\n\s*/g, '\n')
      .trim();
    if (joined !== '' || rest.heading !== null) this.passages.push({ ...rest, text: joined });
  }

  private prose(block: Token): void {
    const children = block.children ?? [];
    const text = plainText(children);
    this.words += text.match(word)?.length ?? 0;
    if (!this.inHeading) this.section.text.push(text);
    if (toDo.test(block.content)) this.findTodos(block, children);
    let offset = 0;
    for (const token of children) {
      if (token.type === 'softbreak' || token.type === 'hardbreak') offset++;
      const kind = token.type === 'code_inline' ? mentionKind(token.content) : undefined;
      if (kind !== undefined)
        this.mentions.push({ text: token.content, ...placed(lineOf(block, offset)), kind });
    }
  }

  /** Markers in prose; in code they are the code's. */
  private findTodos(block: Token, children: readonly Token[]): void {
    const prose = children.map((token) => (token.type === 'code_inline' ? { ...token, content: '' } : token));
    plainText(prose as Token[])
      .split('\n')
      .forEach((line, offset) => {
        const text = line.trim().slice(0, longestTodo);
        if (toDo.test(line)) this.todos.push({ ...placed(lineOf(block, offset)), text });
      });
  }
}

/** Of a diagram what stands in it: found by its words, and shown without arrows. */
function codeText({ info, content }: Token): string {
  if (!/^\{?\.?mermaid\b/.test(info.trim())) return content;
  const drawn = content.replace(/^\s*\S.*/, '');
  return drawn.replace(/[^\p{L}\p{N}\s'’.-]|[-.]{2,}/gu, ' ');
}

function placed(line: number | undefined): { line?: number } {
  return line === undefined ? {} : { line };
}
