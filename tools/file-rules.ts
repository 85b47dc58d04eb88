/** Rules of files that no linter here has: their length, and that no rule is switched off. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const MAX_LINES = 300;

const skipped = new Set([
  'node_modules',
  '.git',
  '.atrium',
  'dist',
  'estate',
  'variants',
  'history',
  'shots',
  'coverage',
]);
/** Written apart, so that this file does not find itself. */
const suppression = new RegExp(
  [
    'biome-' + 'ignore(?! format)',
    'eslint-' + 'disable',
    'oxlint-' + 'disable',
    '@ts-' + '(ignore|expect-error|nocheck)',
  ].join('|'),
);
const openTask = new RegExp('\\b(TO' + 'DO|FIX' + 'ME|XX' + 'X)\\b');

export interface FileProblem {
  file: string;
  rule: 'file-length' | 'no-suppression' | 'no-open-task';
  message: string;
}

/** Checks every .ts, .tsx and .css file below a folder, the sample estate's own aside. */
export function checkFiles(root: string): { files: number; problems: FileProblem[] } {
  const files = [...sourcesBelow(root, '')];
  return {
    files: files.length,
    problems: files.flatMap((file) => problemsOf(file, readFileSync(join(root, file), 'utf8'))),
  };
}

function* sourcesBelow(root: string, folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* sourcesBelow(root, path);
    else if (isSource(entry)) yield path;
  }
}

function isSource(entry: Dirent): boolean {
  return entry.isFile() && /\.(tsx?|css)$/.test(entry.name);
}

function problemsOf(file: string, text: string): FileProblem[] {
  const problems: FileProblem[] = [];
  const lines = text.split('\n');
  const length = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (length > MAX_LINES) {
    problems.push({
      file,
      rule: 'file-length',
      message: `${length} lines, where ${MAX_LINES} are allowed: it is probably two files`,
    });
  }
  for (const [index, line] of lines.entries()) {
    if (suppression.test(line)) {
      problems.push({
        file,
        rule: 'no-suppression',
        message: `line ${index + 1} switches a rule off: mend the code instead`,
      });
    }
    if (openTask.test(line)) {
      problems.push({
        file,
        rule: 'no-open-task',
        message: `line ${index + 1} leaves a task open: do it, or open an issue`,
      });
    }
  }
  return problems;
}
