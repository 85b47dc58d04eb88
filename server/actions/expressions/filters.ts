/** The filters that there are: nunjucks' own, and those of Backstage. */
import nunjucks from 'nunjucks/browser/nunjucks.js';
import { parseRef } from '#model/ref.ts';
import { tests } from './tests.ts';
import { add, Callable, isMapping, jsText, type Named, own, ownPath, text } from './values.ts';

/** What a filter is given besides its arguments. */
export interface FilterContext {
  now: string;
}
type Filter = (input: unknown, args: unknown[], named: Named, context: FilterContext) => unknown;

const environment = new nunjucks.Environment([], { autoescape: false });
/** What nunjucks' filters find in `this`. */
const receiver = { env: { opts: {}, getTest: (name: unknown) => requireTest(jsText(name)) } };

function requireTest(name: string): (...args: unknown[]) => boolean {
  const test = tests.get(name);
  if (!test) throw new Error(`test not found: ${name}`);
  return test;
}

/** Those of nunjucks that look at values only, and at no property by a name that a template gives. */
const unchanged = [
  ...['abs', 'batch', 'capitalize', 'center', 'd', 'default', 'dictsort', 'dump', 'e', 'escape', 'first'],
  ...[
    'float',
    'forceescape',
    'indent',
    'int',
    'last',
    'length',
    'list',
    'lower',
    'nl2br',
    'random',
    'reject',
  ],
  ...[
    'replace',
    'reverse',
    'round',
    'safe',
    'select',
    'slice',
    'sort',
    'string',
    'striptags',
    'title',
    'trim',
  ],
  ...['truncate', 'upper', 'urlencode', 'urlize', 'wordcount'],
];

function ofNunjucks(name: string): Filter {
  const filter = environment.getFilter(name);
  return (input, args, named) => {
    const keywords = Object.keys(named).length > 0 ? [{ ...named, __keywords: true }] : [];
    return filter.call(receiver, input, ...args, ...keywords);
  };
}

const asList = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value;
  throw new TypeError('a list is needed');
};

function groupBy(list: unknown[], attribute: unknown): Named {
  const groups = Map.groupBy(list, (item) => jsText(ownPath(item, attribute)));
  return Object.fromEntries(groups);
}

function sum(list: unknown[], attribute: unknown, start: unknown): unknown {
  const values = attribute ? list.map((item) => own(item, attribute)) : list;
  return add(start ?? 0, values.reduce<unknown>(add, 0));
}

/** `host?owner=…&repo=…`, as the picker of repositories gives it. */
function parseRepoUrl(value: unknown): Named {
  const url = typeof value === 'string' ? URL.parse(`https://${value}`) : null;
  if (!url) throw new TypeError(`${text(value) || 'nothing'} is no address of a repository`);
  const query = (name: string) => url.searchParams.get(name) ?? undefined;
  const parts = {
    host: url.host,
    owner: query('owner'),
    organization: query('organization'),
    workspace: query('workspace'),
    project: query('project'),
    repo: query('repo'),
  };
  if (parts.repo === undefined && parts.project === undefined) {
    throw new TypeError(`${value} names no repository: write host?owner=…&repo=…`);
  }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
}

function parseEntityRef(value: unknown, defaults: unknown): Named {
  const given = isMapping(defaults) ? defaults : {};
  const textOf = (key: string) => (typeof given[key] === 'string' ? given[key] : undefined);
  return { ...parseRef(text(value), { kind: textOf('defaultKind'), namespace: textOf('defaultNamespace') }) };
}

const kebabCase = (value: unknown) =>
  text(value)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1-$2')
    .replace(/[^\p{L}\d]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();

const table: Record<string, Filter> = {
  ...Object.fromEntries(unchanged.map((name) => [name, ofNunjucks(name)])),
  groupby: (input, [attribute]) => groupBy(asList(input), attribute),
  join: (input, [by, attribute]) =>
    asList(input)
      .map((item) => text(attribute ? own(item, attribute) : item))
      .join(by ? jsText(by) : ''),
  rejectattr: (input, [attribute]) => asList(input).filter((item) => !own(item, attribute)),
  selectattr: (input, [attribute]) => asList(input).filter((item) => own(item, attribute)),
  sum: (input, [attribute, start]) => sum(asList(input), attribute, start),
  jsonify: (input) => JSON.stringify(input),
  parseRepoUrl: (input) => parseRepoUrl(input),
  projectSlug: (input) => {
    const { owner, repo } = parseRepoUrl(input);
    return `${owner}/${repo}`;
  },
  parseEntityRef: (input, [defaults]) => parseEntityRef(input, defaults),
  pick: (input, [path]) => ownPath(input, path),
  // Not Backstage's own, but so common in its installations that templates take them for granted.
  kebabCase: (input) => kebabCase(input),
  now: (_input, _args, _named, { now }) => now,
};

export const filterNames: readonly string[] = Object.keys(table).sort();

/** @throws {Error} when there is none of that name, or one is given something that can be called. */
export function applyFilter(
  name: string,
  input: unknown,
  args: unknown[],
  named: Named,
  context: FilterContext,
): unknown {
  const filter = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!filter) throw new Error(`filter not found: ${name}`);
  if ([input, ...args, ...Object.values(named)].some((value) => value instanceof Callable)) {
    throw new TypeError(`the filter ${name} takes values, not functions`);
  }
  const result = filter(input, args, named, context);
  return result instanceof nunjucks.runtime.SafeString ? result.toString() : result;
}
