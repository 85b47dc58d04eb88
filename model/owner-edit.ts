/** Changes who owns an entity in the text of its descriptor, and nothing else: comments and layout stay. */
import { isDeepStrictEqual } from 'node:util';
import {
  type Document,
  isMap,
  isScalar,
  type Pair,
  parseAllDocuments,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { canonicalRef, formatRef, parseRef } from './ref.ts';
import { isRecord } from './value-words.ts';
import { splitDocuments } from './yaml-chunks.ts';

export interface NewOwner {
  /** Canonical ref of a group or a person. */
  ref: string;
  /** Its name in the case in which its own descriptor writes it. */
  name: string;
}

/** A document is parsed twice, which takes a second at this length. */
const LONGEST = 1 << 20;

/** The new text, or why there is none. */
export type OwnerEdit = { text: string } | { reason: string };

/** @returns the same text when the descriptor names this owner already. */
export function editOwner(text: string, entity: string, owner: NewOwner): OwnerEdit {
  const chunks = Array.from(splitDocuments(text), (chunk) => chunk.text);
  const { name } = parseRef(entity);
  for (const [at, chunk] of chunks.entries()) {
    if (!chunk.toLowerCase().includes(name)) continue;
    if (chunk.length > LONGEST) return { reason: 'a document of the file is too long' };
    const edit = editChunk(chunk, entity, owner);
    if (!edit) continue;
    return 'reason' in edit ? edit : { text: chunks.with(at, edit.text).join('') };
  }
  return { reason: `the file has no readable document of ${entity}` };
}

/** Undefined when the entity isn't in it. */
function editChunk(text: string, entity: string, owner: NewOwner): OwnerEdit | undefined {
  const documents = parse(text);
  const index = documents.findIndex((document) => describes(document, entity));
  const document = documents[index];
  if (!document) return undefined;
  const spec = document.get('spec', true);
  if (!isMap(spec)) return { reason: 'its spec is no mapping of its own' };
  const before = spec.get('owner');
  const { namespace } = parseRef(entity);
  if (typeof before === 'string' && canonical(before, namespace) === owner.ref) return { text };
  const edit = editOf(text, document, spec, wordFor(owner, before, namespace));
  if ('reason' in edit) return edit;
  const { from, to, insert } = edit;
  const changed = text.slice(0, from) + insert + text.slice(to);
  return changesOwnerOnly(documents, changed, index, owner.ref, namespace)
    ? { text: changed }
    : { reason: 'the owner stands where it can’t be changed alone' };
}

function parse(text: string): Document.Parsed[] {
  const documents = parseAllDocuments(text, { logLevel: 'error' });
  return Array.isArray(documents) ? documents : [];
}

function describes(document: Document.Parsed, ref: string): boolean {
  if (document.errors.length > 0 || !isMap(document.contents)) return false;
  const parts = [document.get('kind'), document.getIn(['metadata', 'name'])];
  const namespace = document.getIn(['metadata', 'namespace']) ?? 'default';
  const [kind, name] = parts.map(String);
  return formatRef({ kind: kind ?? '', namespace: String(namespace), name: name ?? '' }) === ref;
}

function canonical(owner: string, namespace: string): string | undefined {
  try {
    return canonicalRef(owner, { kind: 'group', namespace });
  } catch {
    return undefined;
  }
}

/** As short as the author wrote the owner before. */
function wordFor({ ref, name }: NewOwner, before: unknown, home: string): string {
  const { kind, namespace } = parseRef(ref);
  const old = typeof before === 'string' ? before : '';
  const place = namespace !== home || old.includes('/') ? `${namespace}/` : '';
  return `${kind !== 'group' || old.includes(':') ? `${kind}:` : ''}${place}${name}`;
}

interface Edit {
  from: number;
  to: number;
  insert: string;
}

function editOf(
  text: string,
  document: Document.Parsed,
  spec: YAMLMap,
  word: string,
): Edit | { reason: string } {
  const pair = spec.items.find(({ key }) => isScalar(key) && key.value === 'owner');
  if (!pair) return insertion(text, spec, word);
  const { value } = pair;
  if (isScalar(value) && value.anchor && isUsed(document, value.anchor))
    return { reason: 'other fields of the document repeat the owner by an alias' };
  const range = rangeOf(value) ?? endOfKey(pair);
  if (!range) return { reason: 'the owner can’t be found in the text' };
  const [from, to] = range;
  const isBlock =
    isScalar(value) && (value.type === Scalar.BLOCK_FOLDED || value.type === Scalar.BLOCK_LITERAL);
  const ending = isBlock ? (/\s*$/.exec(text.slice(from, to))?.[0] ?? '') : '';
  const space = text[from - 1] === ':' ? ' ' : '';
  return { from, to, insert: `${space}${quoted(word, isScalar(value) ? value.type : undefined)}${ending}` };
}

function isUsed(document: Document.Parsed, anchor: string): boolean {
  let used = false;
  visit(document, {
    Alias(_key, { source }) {
      if (source !== anchor) return undefined;
      used = true;
      return visit.BREAK;
    },
  });
  return used;
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = isRecord(node) ? node.range : undefined;
  return Array.isArray(range) ? [Number(range[0]), Number(range[1])] : undefined;
}

function endOfKey({ key }: Pair): readonly [number, number] | undefined {
  const range = rangeOf(key);
  return range && [range[1] + 1, range[1] + 1];
}

/** A line of its own behind type and lifecycle, or before all else. */
function insertion(text: string, spec: YAMLMap, word: string): Edit | { reason: string } {
  const line = `owner: ${quoted(word, undefined)}`;
  const range = rangeOf(spec);
  const [first] = spec.items;
  if (range && spec.flow) {
    return { from: range[0] + 1, to: range[0] + 1, insert: first ? `${line}, ` : line };
  }
  const start = first && rangeOf(first.key)?.[0];
  if (start === undefined) return { reason: 'its spec is empty' };
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const lineEnd = /\r?\n/.exec(text.slice(start))?.[0] ?? '\n';
  const after = ['lifecycle', 'type'].flatMap((name) => endOfPlain(spec, name) ?? [])[0];
  const next = after === undefined ? -1 : text.indexOf('\n', after);
  if (after === undefined) return { from: start, to: start, insert: `${line}${lineEnd}${indent}` };
  if (next < 0) return { from: text.length, to: text.length, insert: `${lineEnd}${indent}${line}` };
  return { from: next + 1, to: next + 1, insert: `${indent}${line}${lineEnd}` };
}

function endOfPlain(spec: YAMLMap, name: string): number | undefined {
  const value = spec.get(name, true);
  return isScalar(value) && value.type === Scalar.PLAIN ? rangeOf(value)?.[1] : undefined;
}

/** Words that YAML, in one version or another, takes for something else than text. */
const misread = /^(true|false|yes|no|on|off|null|y|n)$/i;

function quoted(word: string, style: string | null | undefined): string {
  if (style === Scalar.QUOTE_SINGLE && !word.includes("'")) return `'${word}'`;
  if (style === Scalar.QUOTE_DOUBLE) return JSON.stringify(word);
  return /^[A-Za-z][\w.:/-]*\w$|^[A-Za-z]$/.test(word) && !misread.test(word) ? word : JSON.stringify(word);
}

/** Holds the outcome against what was wanted: a descriptor that says something else is worse than none. */
function changesOwnerOnly(
  before: readonly Document.Parsed[],
  text: string,
  index: number,
  owner: string,
  namespace: string,
): boolean {
  const after = parse(text);
  if (after.length !== before.length) return false;
  try {
    return before.every((document, at) => {
      if (document.errors.length > 0) return true;
      const [old, fresh] = [document, after[at]].map((each) => each?.toJS() as unknown);
      if (at !== index) return isDeepStrictEqual(old, fresh);
      return isDeepStrictEqual(withoutOwner(old), withoutOwner(fresh)) && ownerOf(fresh, namespace) === owner;
    });
  } catch {
    // Aliases that expand without end.
    return false;
  }
}

function withoutOwner(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value.spec)) return value;
  const { owner: _, ...spec } = value.spec;
  return { ...value, spec };
}

function ownerOf(value: unknown, namespace: string): string | undefined {
  const owner = isRecord(value) && isRecord(value.spec) ? value.spec.owner : undefined;
  return typeof owner === 'string' ? canonical(owner, namespace) : undefined;
}
