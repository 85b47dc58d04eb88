/** What may be meant where the caret stands in a check. */
import type { Complete, Completion } from '#web/kit/code-field.tsx';
import type { Vocabulary } from './queries.ts';

export interface Word {
  label: string;
  insert: string;
  detail: string;
  /** It is called on a value, after a dot. */
  isMethod?: true;
}

type Schema = Record<string, unknown>;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const DEEPEST = 3;

/** A fact and the fields that its schema names, as rules write them. */
function fieldsOf(path: string, schema: unknown, detail: string, depth = 0): Word[] {
  const own = { label: path, insert: path, detail };
  if (!isObject(schema) || !isObject(schema.properties) || depth >= DEEPEST) return [own];
  const fields = Object.entries(schema.properties).flatMap(([name, inner]) => {
    const { type, description } = isObject(inner) ? inner : {};
    const words = [type, description].filter((part) => typeof part === 'string').join(': ');
    return fieldsOf(`${path}.${name}`, inner, words, depth + 1);
  });
  return [own, ...fields];
}

/** `daysSince(string): double` is written `daysSince(`; of `string.matches(string): bool` only the last name is. */
function functionWord({ signature, description }: Vocabulary['functions'][number]): Word {
  const path = signature.slice(0, signature.indexOf('(')).split('.');
  const word = { label: signature, insert: `${path.at(-1)}(`, detail: description };
  return path.length > 1 ? { ...word, isMethod: true } : word;
}

/** What the language itself has: it is the same in every portal. */
const standard: Vocabulary['functions'] = [
  { signature: 'has(field): bool', description: 'Whether it is there at all: has(facts.coverage)' },
  { signature: 'size(list or text): int', description: 'How many items or letters' },
  { signature: 'text.contains(text): bool', description: 'Whether it holds the other' },
  { signature: 'text.startsWith(text): bool', description: 'Whether it begins with the other' },
  { signature: 'text.endsWith(text): bool', description: 'Whether it ends with the other' },
  { signature: 'text.matches(pattern): bool', description: 'Whether a regular expression matches' },
  { signature: 'list.exists(x, condition): bool', description: 'Whether it holds for one item' },
  { signature: 'list.all(x, condition): bool', description: 'Whether it holds for every item' },
  { signature: 'list.filter(x, condition): list', description: 'Those for which it holds' },
  { signature: 'list.map(x, value): list', description: 'What each comes to' },
];

/** Everything that a check can name; what is short comes before what lies deep. */
export function wordsOf({ variables, facts, functions }: Vocabulary): Word[] {
  const hasAges = variables.some(({ name }) => name === 'ages');
  const words = [
    ...variables.map(({ name, description }) => ({ label: name, insert: name, detail: description })),
    ...[...functions, ...standard].map(functionWord),
    ...facts.flatMap(({ name, title, schema }) => fieldsOf(`facts.${name}`, schema, title)),
    ...(hasAges
      ? facts.map(({ name, title }) => ({ label: `ages.${name}`, insert: `ages.${name}`, detail: title }))
      : []),
  ];
  const depth = ({ insert }: Word) => insert.split('.').length;
  // A name may be known from two sides; it is offered once, as the first of them says.
  const once = words.filter(({ label }, index) => words.findIndex((word) => word.label === label) === index);
  return once.toSorted((a, b) => depth(a) - depth(b));
}

const TOKEN = /[A-Za-z_][\w.]*$/;

/** Whether a text ends within quotes that have not been closed. */
function inString(text: string): boolean {
  let quote: string | undefined;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (letter === '\\') index++;
    else if (quote === undefined && (letter === '"' || letter === "'")) quote = letter;
    else if (letter === quote) quote = undefined;
  }
  return quote !== undefined;
}

/** Names that begin as the one before the caret; after a dot also functions that are called on a value. */
function matching(words: readonly Word[], token: string): { word: Word; typed: string }[] {
  const last = token.slice(token.lastIndexOf('.') + 1);
  return words.flatMap((word) => {
    const typed = word.isMethod ? last : token;
    const begins = word.insert.toLowerCase().startsWith(typed.toLowerCase());
    if (!begins || word.insert === token) return [];
    return word.isMethod && (!last || last === token) ? [] : [{ word, typed }];
  });
}

function suggest(words: readonly Word[], before: string, caret: number, asked: boolean): Completion[] {
  if (inString(before)) return [];
  const token = TOKEN.exec(before)?.[0] ?? '';
  if (!token && !asked) return [];
  return matching(words, token).map(({ word, typed }) => ({ ...word, from: caret - typed.length }));
}

/** In a field that holds a check and nothing else. */
export function completeCheck(words: readonly Word[]): Complete {
  return (text, caret, asked) => suggest(words, text.slice(0, caret), caret, asked);
}

const INLINE = /^\s*(?:-\s+)?(?:check|when):\s*["']?(.*)$/;
const BLOCK = /^\s*(?:-\s+)?(?:check|when):\s*[|>][-+]?\s*$/;
const indentOf = (line: string) => line.length - line.trimStart().length;

/** What of a check stands before the caret, in the text of a descriptor; undefined where there is no check. */
export function checkBefore(text: string, caret: number): string | undefined {
  const lines = text.slice(0, caret).split('\n');
  const line = lines.pop() ?? '';
  const inline = INLINE.exec(line)?.[1];
  if (inline !== undefined) return inline;
  const indent = indentOf(line);
  const parent = lines.findLast((one) => one.trim() !== '' && indentOf(one) < indent);
  return parent !== undefined && BLOCK.test(parent) ? line : undefined;
}

/** In a descriptor: where a check stands, and nowhere else. */
export function completeDescriptor(words: readonly Word[]): Complete {
  return (text, caret, asked) => {
    const before = checkBefore(text, caret);
    return before === undefined ? [] : suggest(words, before, caret, asked);
  };
}
