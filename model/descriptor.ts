import type { Problem } from './contribution.ts';
import { describeValue, isRecord } from './value-words.ts';
import { splitDocuments, type YamlChunk } from './yaml-chunks.ts';
import { parseFast } from './yaml-events.ts';
import {
  longestTolerant,
  longestTolerantMs,
  parseTolerant,
  type TolerantDocument,
  yamlFailure,
} from './yaml-tolerant.ts';

/** Why a document gives no entity although nothing is wrong with it. */
export type SkipReason = 'empty' | 'template' | 'not-an-entity';

/** One YAML document of a descriptor file. */
export interface DescriptorDocument {
  /** Position in the file, from 0. */
  index: number;
  /** 1-based line on which it starts. */
  line: number;
  /** What looks like an entity and has still to be validated; absent when skipped or not readable. */
  value: Record<string, unknown> | undefined;
  /** 1-based line in the file by dotted path, three levels deep: `spec.owner`, `metadata.labels.x`. */
  lines: Record<string, number>;
  /** Each with line and column. */
  problems: Problem[];
  skipped?: SkipReason;
}

/** Longest file that is read, in UTF-16 code units (10 MB of plain text). */
export const longestDescriptor = 10 * 1024 * 1024;

/** More documents of one file are no catalog that somebody wrote. */
export const mostDocuments = 20_000;

/**
 * Reads a descriptor file, document by document; one bad document takes nothing else down. Never throws:
 * what is wrong is in `problems`. Documents that are skeletons of a template (`${{ … }}`, `{% … %}`) are
 * skipped with a notice, unless they are of kind Template.
 */
export function readDescriptors(text: string): DescriptorDocument[] {
  if (text.length > longestDescriptor) return [tooLong(text.length)];
  let source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (source.includes('\r')) source = source.replace(/\r\n?/g, '\n');
  const documents: DescriptorDocument[] = [];
  const patience = { ms: longestTolerantMs };
  for (const chunk of splitDocuments(source)) {
    if (documents.length >= mostDocuments) return [...documents, tooMany(chunk.line, documents.length)];
    for (const parsed of parseChunk(chunk, patience)) documents.push(judge(parsed, chunk, documents.length));
  }
  return documents;
}

function tooMany(line: number, index: number): DescriptorDocument {
  const problem: Problem = {
    level: 'error',
    message: `The file has too many documents; the first ${mostDocuments} were read`,
    remedy: 'Split the file.',
    line,
    column: 1,
  };
  return { index, line, value: undefined, lines: {}, problems: [problem] };
}

function tooLong(length: number): DescriptorDocument {
  const problem: Problem = {
    level: 'error',
    message: `The file is too long: ${length} characters, where ${longestDescriptor} are read`,
    remedy:
      'Split the file, or keep long API definitions in files of their own and refer to them with $text.',
    line: 1,
    column: 1,
  };
  return { index: 0, line: 1, value: undefined, lines: {}, problems: [problem] };
}

/** @param patience what is left of the time for second looks; taken from here. */
function parseChunk(chunk: YamlChunk, patience: { ms: number }): TolerantDocument[] {
  try {
    return parseFast(chunk.text, chunk.line).map((document) => ({ ...document, problems: [] }));
  } catch (error) {
    if (chunk.text.length <= longestTolerant && !isTooMuch(error) && patience.ms >= 1) {
      const begin = performance.now();
      const documents = parseTolerant(chunk.text, chunk.line, Math.floor(patience.ms));
      patience.ms -= performance.now() - begin;
      if (documents.length > 0) return documents;
    }
    const problems = [yamlFailure(error, chunk.line)];
    return [{ value: undefined, lines: {}, line: chunk.line, problems }];
  }
}

/** The fast parser stopped at one of its bounds; the other one has none. */
function isTooMuch(error: unknown): boolean {
  return (
    error instanceof Error &&
    /exceeded max|call stack|aliases expand|Invalid (string|array) length/i.test(error.message)
  );
}

function judge(parsed: TolerantDocument, chunk: YamlChunk, index: number): DescriptorDocument {
  const { lines, problems } = parsed;
  const line = parsed.line || chunk.line;
  const document: DescriptorDocument = { index, line, value: undefined, lines, problems };
  const failed = problems.some(({ level }) => level === 'error');
  if (isSkeleton(failed ? undefined : parsed.value, chunk.text)) {
    return skip(document, 'template', `This is the skeleton of a template: it holds $\{{ … }} or {% … %}`);
  }
  if (failed) return document;
  const { value } = parsed;
  if (value === null || value === undefined) return { ...document, skipped: 'empty' };
  if (!isRecord(value)) {
    const found = `This document is not an entity: it is ${describeValue(value)}`;
    return skip(document, 'not-an-entity', found, 'warning');
  }
  if (!('apiVersion' in value || 'kind' in value || 'metadata' in value)) {
    const found = 'This document is not an entity: it has no apiVersion, kind or metadata';
    return skip(document, 'not-an-entity', found, 'warning');
  }
  document.value = value;
  return document;
}

const skipRemedies = {
  empty: '',
  template: 'Nothing to do. If it is meant as an entity, replace the expressions with values.',
  'not-an-entity': 'Start the document with apiVersion, kind and metadata, or move it to another file.',
};

function skip(
  document: DescriptorDocument,
  skipped: SkipReason,
  message: string,
  level: Problem['level'] = 'info',
): DescriptorDocument {
  const { line } = document;
  const notice: Problem = { level, message, remedy: skipRemedies[skipped], line, column: 1 };
  return { ...document, skipped, problems: [notice] };
}

const ofKindTemplate = /^kind:[ \t]*["']?Template\b/m;
/** Cookiecutter's `name: {{ … }}`, which YAML would take for a mapping within a mapping. */
const bareBraces = /^[ \t]*(?:- )?[\w./-]+:[ \t]+\{\{/m;

/** Expressions in comments and in an API's own text don't make a document a skeleton. */
function isSkeleton(value: unknown, text: string): boolean {
  if (bareBraces.test(text)) return !ofKindTemplate.test(text);
  if (!text.includes('${{') && !text.includes('{%')) return false;
  if (value === undefined) return !ofKindTemplate.test(text);
  if (!isRecord(value) || value.kind === 'Template') return false;
  return Object.entries(value).some(([key, item]) => holdsExpression(key) || holdsExpression(item, key));
}

function holdsExpression(value: unknown, key?: string): boolean {
  if (typeof value === 'string') return value.includes('${{') || value.includes('{%');
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, item]) =>
      !(key === 'spec' && name === 'definition') && (holdsExpression(name) || holdsExpression(item)),
  );
}

/** Adds to each problem the line of its field, or of the nearest field above it, or of the document. */
export function withLines(
  problems: readonly Problem[],
  document: Pick<DescriptorDocument, 'line' | 'lines'>,
): Problem[] {
  return problems.map((problem) => {
    if (problem.line !== undefined) return problem;
    return { ...problem, line: lineOf(problem.field, document.lines) ?? document.line };
  });
}

/** 1-based line of a field, or of the nearest field above it. */
export function lineOf(field: string | undefined, lines: Record<string, number>): number | undefined {
  let path = field;
  while (path) {
    if (Object.hasOwn(lines, path)) return lines[path];
    path = path.slice(0, Math.max(path.lastIndexOf('.'), 0));
  }
  return undefined;
}
