/** Writes the tables of docs/security/limits.md from the constants that hold: `node tools/limits-doc.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const file = join(root, 'docs/security/limits.md');

/** In which a constant counts; none for a plain number. */
type Unit = 'bytes' | 'characters' | 'ms' | 's' | 'days' | 'MB' | '';

/** What is bounded, where its constant stands, and the constant: by its name, or as a field of an object. */
type Row = readonly [what: string, file: string, constant: string, unit: Unit];

const http = 'server/kernel/http.ts';
const fetching = 'server/kernel/fetch.ts';
const catalog = (name: string) => `server/catalog/${name}.ts`;
const access = (name: string) => `server/access/${name}.ts`;
const runs = (name: string) => `server/actions/runs/${name}.ts`;
const git = (name: string) => `integrations/git/${name}.ts`;
const docs = (name: string) => `server/docs/${name}.ts`;

const tables: Readonly<Record<string, readonly Row[]>> = {
  people: [
    ['attempts to sign in, of an address in a minute', access('sign-in-routes'), 'ATTEMPTS_PER_MINUTE', ''],
    ['different wrong tokens, of an address in a minute', access('limits'), 'WRONG_PER_MINUTE', ''],
    ['from the beginning of a sign-in to its end', access('sign-in-attempts'), 'LASTS_MS', 'ms'],
    ['groups of a person that a provider tells', access('sign-in-people'), 'MOST_GROUPS', ''],
    ['until another process notices that a session has ended', access('sessions'), 'FRESH_MS', 'ms'],
    ['until another process notices that a token was revoked', access('tokens'), 'FRESH_MS', 'ms'],
    ['saved views of a person', 'server/views/store.ts', 'MOST_VIEWS', ''],
    ['a saved view', 'server/views/routes.ts', 'LARGEST_VIEW_BYTES', 'bytes'],
    [
      'a value in the audit; of a larger one its size and hash',
      access('audit-store'),
      'LARGEST_VALUE',
      'bytes',
    ],
  ],
  requests: [
    ['a body, unless a route says otherwise', http, 'LARGEST_BODY_BYTES', 'bytes'],
    ['how deep JSON is nested', 'server/kernel/json-body.ts', 'DEEPEST', ''],
    ['an address', http, 'LONGEST_URL', 'characters'],
    ['parameters of an address', http, 'MOST_PARAMETERS', ''],
    ['headers', http, 'LARGEST_HEADERS_BYTES', 'bytes'],
    ['time to send headers', http, 'SLOWEST.headersMs', 'ms'],
    ['time to send a request', http, 'SLOWEST.requestMs', 'ms'],
    ['time to agree on TLS', 'server/kernel/https.ts', 'SLOWEST_HANDSHAKE_MS', 'ms'],
    ['silence on a connection', http, 'SILENCE_MS', 'ms'],
    [
      'what a client of a stream has not read',
      'server/kernel/event-streams.ts',
      'MOST_UNSENT_BYTES',
      'bytes',
    ],
  ],
  catalog: [
    ['conditions of a filter', catalog('filter'), 'MOST_CONDITIONS', ''],
    ['values of a filter', catalog('filter'), 'MOST_VALUES', ''],
    ['how deep a predicate is nested', catalog('predicate'), 'MAX_DEPTH', ''],
    ['fields of an answer', catalog('entity-query'), 'MOST_FIELDS', ''],
    ['fields of an order', catalog('order-and-cursor'), 'MOST_FIELDS', ''],
    ['facets', catalog('facets'), 'MOST_FACETS', ''],
    ['words of a search', catalog('search-rank'), 'MOST_WORDS', ''],
    ['entities that a graph goes through', catalog('graph'), 'MOST_VISITED', ''],
    ['edges of a graph', catalog('edges'), 'MOST_EDGES', ''],
    ['ways between two entities', catalog('graph'), 'MOST_PATHS', ''],
    ['entities that an impact names', catalog('impact'), 'MOST_AFFECTED', ''],
    ['answers kept in memory', 'server/main.ts', 'CACHE_BYTES', 'bytes'],
  ],
  reading: [
    ['an answer of what a document or a person names', fetching, 'LARGEST_BYTES', 'bytes'],
    ['time for it', fetching, 'TIME_LIMIT_MS', 'ms'],
    ['redirects of it', fetching, 'MOST_REDIRECTS', ''],
    ['time of git for what is on this machine', git('client'), 'LOCAL_LIMIT', 'ms'],
    ['time of git with another machine', git('client'), 'NETWORK_LIMIT', 'ms'],
    ['folders between the target of a source and a repository', git('find-repositories'), 'MAX_DEPTH', ''],
    ['files of a folder that is no repository', git('tree'), 'MOST_FILES', ''],
    ['a file that discovery looks at', git('tree'), 'LARGEST_FILE', 'bytes'],
    ['time for the slow, forgiving parser', git('reading/parse'), 'FORGIVING_MS', 'ms'],
    ['how deep Locations name Locations', git('walk-descriptors'), 'MAX_DEPTH', ''],
    ['what a descriptor takes in by $text, $json and $yaml', git('read-descriptors'), 'MOST_USED', 'bytes'],
    ['people of a rotation', 'model/rotation-reading.ts', 'MOST_PEOPLE', ''],
    ['overrides of a rotation', 'model/rotation-reading.ts', 'MOST_OVERRIDES', ''],
  ],
  actions: [
    ['time for a step, unless it says otherwise', runs('step-runner'), 'SECONDS_FOR_ONE', 's'],
    ['attempts of a step', runs('step-runner'), 'MOST_ATTEMPTS', ''],
    ['restarts in the middle of a step', runs('step-runner'), 'MOST_CRASHES', ''],
    ['runs within runs', runs('runs'), 'DEEPEST', ''],
    ['entries of the log of a run', runs('held-run'), 'MOST_EVENTS', ''],
    ['an entry of it', runs('held-run'), 'LONGEST_MESSAGE', 'characters'],
    ['files that a run keeps between steps', runs('workspace-keeper'), 'MOST_ENTRIES', ''],
    ['all of them', runs('workspace-keeper'), 'MOST_BYTES', 'bytes'],
    [
      'days for which a failed run keeps its files, so that it can be retried',
      runs('runs'),
      'KEPT_DAYS',
      'days',
    ],
    [
      'what expressions of a task render',
      'server/actions/expressions/scope.ts',
      'LONGEST_OUTPUT',
      'characters',
    ],
    ['items of a list in an expression', 'server/actions/expressions/scope.ts', 'MOST_ITEMS', ''],
    ['time for a pattern of a form', 'server/actions/bounded-patterns.ts', 'TIME_LIMIT_MS', 'ms'],
    [
      'time for a condition of a guard rail',
      'server/actions/guard-rails/conditions.ts',
      'TIME_LIMIT_MS',
      'ms',
    ],
  ],
  standards: [
    ['time for a rule that is judged by itself', 'server/scorecards/engine/rule-set.ts', 'RULE_MS', 'ms'],
    [
      'time for all that is judged together; then rules are judged one by one',
      'server/scorecards/engine/judge-subjects.ts',
      'TASK_MS',
      'ms',
    ],
    ['memory of the thread that judges', 'server/scorecards/engine/engine.ts', 'MEMORY_MB', 'MB'],
    ['a file that a rule looks into', 'server/scorecards/engine/subject.ts', 'LARGEST_FILE', 'bytes'],
    ['a pattern of file names', 'server/scorecards/engine/environment.ts', 'LONGEST_GLOB', 'characters'],
  ],
  documentation: [
    ['files of a site', docs('site/read-site'), 'MOST_FILES', ''],
    ['a file that pages show or offer', git('files-at'), 'LARGEST_FILE_BYTES', 'bytes'],
    ['a page, or a file that it includes', git('files-at'), 'LARGEST_TEXT_BYTES', 'bytes'],
    ['mkdocs.yml', docs('site/mkdocs'), 'LONGEST_CONFIG', 'characters'],
    ['how deep its navigation is nested', docs('site/mkdocs'), 'DEEPEST_NAV', ''],
    ['front matter of a page', docs('site/heads'), 'LONGEST_FRONT_MATTER', 'characters'],
    ['other mkdocs.yml that one includes', docs('site/layout'), 'MOST_INCLUDED', ''],
    ['files that a page includes', docs('rendering/rendered'), 'MOST_SNIPPETS', ''],
    ['lines of a page with all that it includes', docs('markdown/snippets'), 'mostLines', ''],
    ['how deep files include files', docs('markdown/snippets'), 'deepest', ''],
    ['a formula', docs('markdown/math'), 'longest', 'characters'],
    ['code that is coloured', docs('markdown/highlight'), 'longest', 'characters'],
    ['time to render a page', docs('rendering/renderer'), 'PATIENCE_MS', 'ms'],
    ['memory of the thread that renders', docs('rendering/renderer'), 'MEMORY_MB', 'MB'],
    ['sites whose names of files it holds', docs('rendering/renderer'), 'MOST_CONTEXTS', ''],
    ['rendered pages kept in memory', docs('rendering/rendered'), 'MOST_BYTES', 'bytes'],
    ['sites kept in memory', docs('sites'), 'MOST_HELD', ''],
    ['text of a section that is searched', docs('search/index-store'), 'LONGEST_PASSAGE', 'characters'],
    ['sections that a search ranks', docs('search/passages'), 'MOST_RANKED', ''],
    [
      'a description of an API that is searched',
      docs('search/api-operations'),
      'LONGEST_DEFINITION',
      'characters',
    ],
    ['operations of it', docs('search/api-operations'), 'MOST_OPERATIONS', ''],
    ['problems of a site', docs('rot/problem-store'), 'MOST_OF_A_SITE', ''],
    ['problems of one kind on a page', docs('rot/found'), 'MOST_OF_A_KIND', ''],
    ['symbols of a site that are looked up in its code', docs('rot/code-symbols'), 'MOST_SYMBOLS', ''],
    ['links to the Internet of a site that are asked', docs('rot/links/link-store'), 'MOST_OF_A_SITE', ''],
    ['links to the Internet of all sites', docs('rot/links/link-store'), 'MOST_LINKS', ''],
    ['links that are asked in one round', docs('rot/links/link-checker'), 'MOST_OF_A_ROUND', ''],
    ['time for the answer of a link', docs('rot/links/link-checker'), 'TIME_LIMIT_MS', 'ms'],
    ['an answer of a link', docs('rot/links/link-checker'), 'LARGEST_BYTES', 'bytes'],
    ['an address of a link that is asked', docs('rot/links/checkable'), 'LONGEST', 'characters'],
    ['rules of robots.txt of a host', docs('rot/links/robots'), 'MOST_RULES', ''],
    ['reports of one reader in an hour', docs('feedback/reports'), 'MOST_AN_HOUR', ''],
    ['open reports that are listed', docs('feedback/reports'), 'MOST_OPEN', ''],
    ['searches in vain that are kept', docs('feedback/gaps'), 'MOST_KEPT', ''],
  ],
};

/** The document with its tables made anew. @throws {Error} when a constant is not where it should be. */
export function limitsDoc(document: string): string {
  return document.replace(
    /(<!-- (.+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, start: string, name: string, end: string) => {
      const rows = tables[name];
      if (!rows) throw new Error(`There is no table "${name}"`);
      const lines = rows.map(([what, path, constant, unit]) => {
        const limit = shown(constantIn(readFileSync(join(root, path), 'utf8'), constant, path), unit);
        return `| ${what} | ${limit} | \`${path}\` |`;
      });
      return `${start}${['| what | at most | where it holds |', '| --- | --- | --- |', ...lines].join('\n')}\n${end}`;
    },
  );
}

/** The value of a constant that a source file gives as a number, or as a product or shift of numbers and constants. */
export function constantIn(source: string, constant: string, path: string): number {
  const [name = '', field] = constant.split('.');
  const pattern = field ? `const ${name} = \\{[^}]*\\b${field}: ([^,}]+)` : `const ${name} = ([^;]+);`;
  const text = new RegExp(pattern).exec(source)?.[1];
  if (text === undefined) throw new Error(`${path} has no constant ${constant}`);
  const one = (term: string) =>
    /^\d/.test(term) ? Number(term.replaceAll('_', '')) : constantIn(source, term, path);
  const parts = (whole: string, sign: string) =>
    whole
      .trim()
      .split(sign)
      .map((part) => part.trim());
  const power = (whole: string) =>
    parts(whole, '**')
      .map(one)
      .reduceRight((high, base) => base ** high);
  // A product binds closer than a shift; powers are taken out first, as both signs hold the same character.
  const product = (whole: string) =>
    parts(whole.replaceAll('**', '^'), '*')
      .map((part) => power(part.replaceAll('^', '**')))
      .reduce((left, right) => left * right);
  const value = parts(text, '<<')
    .map(product)
    .reduce((left, right) => left * 2 ** right);
  if (Number.isNaN(value)) throw new Error(`${path}: ${constant} is no number`);
  return value;
}

/** In the largest unit in which it is a whole number. */
export function shown(value: number, unit: Unit): string {
  if (unit === 'ms') return value % 1000 === 0 ? shown(value / 1000, 's') : `${value} ms`;
  if (unit === 's') return value >= 120 && value % 60 === 0 ? `${value / 60} min` : `${value} s`;
  if (unit === 'bytes') {
    if (value >= 2 ** 20 && value % 2 ** 20 === 0) return `${value / 2 ** 20} MiB`;
    return value % 1024 === 0 ? `${value / 1024} KiB` : `${value} bytes`;
  }
  const number = String(value).replace(/\B(?=(?:\d{3})+$)/g, ' ');
  return unit === '' || unit === 'days' ? number : `${number} ${unit}`;
}

if (import.meta.main) writeFileSync(file, limitsDoc(readFileSync(file, 'utf8')));
