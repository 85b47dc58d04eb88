/** Holds docs/security/asvs.md against the ids of the standard, and against the tests that it names. */

/** The ids of the standard, by level. */
export interface AsvsIds {
  L1: readonly string[];
  L2: readonly string[];
}

/** A file of the repository as text; undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

interface Row {
  level: string;
  id: string;
  status: string;
  why: string;
}

const ID = /^V\d{1,2}\.\d{1,2}\.\d{1,2}$/;
const STATUSES = ['met', 'not applicable', 'gap'];
const FILE = /^(?:[\w.-]+\/)*[\w-]*\.?[\w-]+(?:\.[\w-]+)*\.(?:ts|tsx|md|json)$/;

/** @returns what is wrong with the document, in words; nothing when it is right. */
export function asvsFaults(markdown: string, ids: AsvsIds, read: ReadFile): string[] {
  const rows = rowsOf(markdown);
  const grouped = groupedOf(markdown);
  return [
    ...rows.flatMap((row) => faultsOf(row, read)),
    ...grouped.filter((id) => !ID.test(id)).map((id) => `${id} is no id`),
    ...missing(rows, grouped, ids),
    ...wrongCounts(markdown, rows, grouped),
  ];
}

/** Rows of the tables below “Level 1” and “Level 2”. */
function rowsOf(markdown: string): Row[] {
  return levelsOf(markdown).flatMap(({ level, text }) =>
    [...text.matchAll(/^\| (?!id \||-)(.*) \|$/gm)].map(([, line = '']) => {
      const [id = '', , status = '', why = ''] = line.split(' | ');
      return { level, id, status, why };
    }),
  );
}

/** The ids that a list says to be not applicable, for one reason. */
function groupedOf(markdown: string): string[] {
  return levelsOf(markdown).flatMap(({ text }) =>
    [...text.matchAll(/^- (V[^:]*): \S/gm)].flatMap(([, ids = '']) => ids.split(', ')),
  );
}

function levelsOf(markdown: string): { level: string; text: string }[] {
  return markdown
    .split(/^## /m)
    .filter((part) => /^Level \d\n/.test(part))
    .map((text) => ({ level: text.slice('Level '.length, text.indexOf('\n')), text }));
}

function faultsOf({ id, status, why }: Row, read: ReadFile): string[] {
  const faults: string[] = [];
  if (!ID.test(id)) faults.push(`${id} is no id`);
  if (!STATUSES.includes(status)) faults.push(`${id}: there is no status ${status}`);
  if (why.trim() === '') faults.push(`${id} doesn’t say why`);
  const named = [...why.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
  const shown = named.filter((text) => text.includes(' › ') || FILE.test(text));
  if (status === 'met' && shown.length === 0) faults.push(`${id} is met, and nothing shows it`);
  return [...faults, ...shown.flatMap((text) => wrongReference(id, text, read))];
}

function wrongReference(id: string, text: string, read: ReadFile): string[] {
  const [path = '', ...rest] = text.split(' › ');
  const source = read(path);
  if (source === undefined) return [`${id}: there is no file ${path}`];
  if (rest.length === 0) return [];
  const name = rest.join(' › ');
  return hasTest(source, name) ? [] : [`${id}: ${path} has no test “${name}”`];
}

/** Whether a text is given as the name of a test, of `it.each` and `test.each` too. */
function hasTest(source: string, name: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?:\\b(?:it|test)|\\))\\(\\s*(['"\`])${literal}\\1\\s*,`).test(source);
}

/** Each id stands once, and under its level. */
function missing(rows: readonly Row[], grouped: readonly string[], ids: AsvsIds): string[] {
  const stands = (level: string) => [
    ...rows.filter((row) => row.level === level).map(({ id }) => id),
    ...(level === '2' ? grouped : []),
  ];
  return (['1', '2'] as const).flatMap((level) => {
    const wanted = ids[`L${level}`];
    const found = stands(level);
    return [
      ...wanted.filter((id) => !found.includes(id)).map((id) => `${id} of level ${level} is missing`),
      ...found.filter((id) => !wanted.includes(id)).map((id) => `${id} is not of level ${level}`),
      ...found.filter((id, at) => found.indexOf(id) !== at).map((id) => `${id} stands there twice`),
    ];
  });
}

/** The table at the beginning counts what follows. */
function wrongCounts(markdown: string, rows: readonly Row[], grouped: readonly string[]): string[] {
  return ['1', '2'].flatMap((level) => {
    const own = rows.filter((row) => row.level === level);
    const listed = level === '2' ? grouped.length : 0;
    const [met = 0, without = 0, gap = 0] = STATUSES.map(
      (status) => own.filter((row) => row.status === status).length,
    );
    const line = `| ${level} | ${own.length + listed} | ${met} | ${without + listed} | ${gap} |`;
    return markdown.includes(line) ? [] : [`level ${level} is counted wrongly: it should be ${line}`];
  });
}
