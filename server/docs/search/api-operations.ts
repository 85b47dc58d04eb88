/** What an API offers, as passages: an operation, a channel or a type each. */
import { CORE_SCHEMA, load } from 'js-yaml';
import { isRecord } from '#model/value-words.ts';
import type { Passage } from '../markdown/page.ts';

const LONGEST_DEFINITION = 4 * 1024 * 1024;
const MOST_OPERATIONS = 2000;
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads OpenAPI, AsyncAPI, GraphQL and protobuf definitions; a definition that can't be read has no passages. */
export function operationsOf(type: string, definition: string): Passage[] {
  if (definition.length > LONGEST_DEFINITION) return [];
  const passages = type === 'graphql' || type === 'grpc' ? declared(definition) : described(definition);
  return passages.slice(0, MOST_OPERATIONS);
}

function described(definition: string): Passage[] {
  let document: unknown;
  try {
    document = load(definition, { schema: CORE_SCHEMA });
  } catch {
    // The API's own page says what is wrong with it.
    return [];
  }
  if (!isRecord(document)) return [];
  const info = isRecord(document.info) ? document.info : {};
  const about = passage(wordsIn(info.title), wordsIn(info.description));
  return [about, ...pathsOf(document.paths), ...channelsOf(document.channels)].filter(
    ({ heading }) => heading,
  );
}

function pathsOf(paths: unknown): Passage[] {
  if (!isRecord(paths)) return [];
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = isRecord(item) ? item[method] : undefined;
      return isRecord(operation) ? [passage(`${method.toUpperCase()} ${path}`, textOf(operation))] : [];
    }),
  );
}

function channelsOf(channels: unknown): Passage[] {
  if (!isRecord(channels)) return [];
  return Object.entries(channels).map(([name, channel]) =>
    passage(
      name,
      isRecord(channel) ? [channel, channel.publish, channel.subscribe].map(textOf).join(' ') : '',
    ),
  );
}

function textOf(operation: unknown): string {
  if (!isRecord(operation)) return '';
  const { summary, description, operationId, tags } = operation;
  const labels = Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  return [wordsIn(summary), wordsIn(description), wordsIn(operationId), ...labels].filter(Boolean).join('. ');
}

/** Types and services with the comment above and what stands in them, of languages with braces. */
function declared(definition: string): Passage[] {
  const blocks = definition.matchAll(
    /^[ \t]*(?:extend[ \t]+)?(type|interface|input|enum|union|service|message)[ \t]+(\w+)[^{}\n]*\{([^{}]*)\}/gm,
  );
  return [...blocks].map(([, kind = '', name = '', body = '']) =>
    passage(`${kind} ${name}`, body.replace(/\s+/g, ' ').trim()),
  );
}

function passage(heading: string, text: string): Passage {
  return { anchor: null, heading, trail: [], text };
}

const wordsIn = (value: unknown) => (typeof value === 'string' ? value.trim() : '');
