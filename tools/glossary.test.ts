import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtinKinds } from '#model/builtin-kinds.ts';
import { tableRows } from './doc-table.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What the catalog, scaffolder and TechDocs APIs of Backstage call their paths; these words are given. */
const givenByBackstage = [
  'catalog',
  'location',
  'facet',
  'name',
  'uid',
  'ref',
  'query',
  'analyze',
  'validate',
  'refresh',
  'ancestry',
  'by',
  'scaffolder',
  'v',
  'task',
  'parameter',
  'schema',
  'eventstream',
  'dry',
  'autocomplete',
  'templating',
  'extension',
  'techdoc',
  'metadata',
  'static',
];
/** Plain words for what is not a thing of its own: how it is asked for, or in which form. */
const plain = [
  'api',
  'row',
  'csv',
  'svg',
  'try',
  'summary',
  'graph',
  'path',
  'impact',
  'search',
  'review',
  'problem',
  'removed',
  'restore',
  'sync',
  'openapi',
  'json',
  'health',
  'state',
  'mine',
  'file',
  'view',
  'as',
  'out',
  'everywhere',
  'callback',
  'ics',
  'sign',
  'in',
  'on',
  'call',
  'plan',
  'answer',
  'cancel',
  'retry',
  'roll',
  'back',
  'extend',
  'end',
  'close',
  'link',
  'useful',
  'markdown',
  'llm',
];
/** What the glossary defines in its own words, and the part and change of its sources and records. */
const ours = ['part', 'change', 'record', 'decision', 'team', 'golden'];
/** Kinds of the descriptor format that the glossary takes over as they are. */
const kindWords = builtinKinds.map(({ kind }) => kind.toLowerCase());

const terms = tableRows(read('docs/glossary.md'))
  .flatMap(([term = '']) => term.toLowerCase().split(/[,\s]+/))
  .map(singular);
const known = new Set([...terms, ...givenByBackstage, ...plain, ...ours, ...kindWords]);

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

function unknownIn(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter(Boolean)
    .map(singular)
    .filter((word) => !known.has(word));
}

const migrations = globSync('server/*/migrations/*.ts', { cwd: root });
const tables = migrations.flatMap((file) =>
  [...read(file).matchAll(/create table (\w+)/g)].map(([, name = '']) => name),
);
const paths = Object.keys((JSON.parse(read('docs/openapi.json')) as { paths: object }).paths);

describe('the glossary', () => {
  it('has terms', () => {
    expect(terms.length).toBeGreaterThan(20);
  });

  it.each(tables)('knows the words of the table %s', (name) => {
    expect(unknownIn(name)).toEqual([]);
  });

  it.each(paths)('knows the words of the route %s', (path) => {
    expect(unknownIn(path.replaceAll(/\{[^}]*\}/g, ''))).toEqual([]);
  });

  it('calls no table by the word for several', () => {
    expect(tables.filter((name) => singular(name) !== name)).toEqual([]);
  });

  it('is shown in the built-in kinds, which keep the words of the descriptor format', () => {
    for (const word of [
      'component',
      'api',
      'resource',
      'system',
      'domain',
      'group',
      'user',
      'location',
      'template',
    ]) {
      expect(kindWords).toContain(word);
    }
  });
});
