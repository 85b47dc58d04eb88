/** Which words the code of a repository holds, now and at any commit. */
import type { FilesAtHand } from '#model/integration.ts';
import { GitFailure, git } from './client.ts';

const LIMIT_MS = 20_000;
const MOST_WORDS = 400;
/** Pages tell of code; they are none. */
const NO_CODE = ['md', 'markdown', 'mdx', 'rst', 'adoc', 'asciidoc', 'txt', 'svg', 'lock', 'map'].map(
  (ending) => `:(exclude,icase)*.${ending}`,
);
const NOTHING_FOUND = 1;

/**
 * Looks through the whole repository around a place, pages left out, for words as they are written; a word may be
 * several, as `class Payment`.
 * @param commit what lies there now when absent.
 * @returns undefined when nobody can tell: no repository, a clone that lacks what was, or too much to look through.
 */
export async function wordsIn(
  { folder, bare }: FilesAtHand,
  words: readonly string[],
  commit?: string,
): Promise<Set<string> | undefined> {
  const asked = words.filter((word) => !word.includes('\n')).slice(0, MOST_WORDS);
  if (asked.length === 0) return new Set();
  const version = commit ?? (bare ? 'HEAD' : undefined);
  const where = version === undefined ? ['--untracked'] : [version];
  const args = ['grep', '-h', '-o', '-w', '-I', '-E', '-f', '-', ...where, '--', '.', ...NO_CODE];
  // One expression for all: for many, git looks at each line many times.
  const input = `(${asked.map((word) => word.replace(/[^\w ]/g, '\\$&')).join('|')})\n`;
  try {
    const output = await git(folder, args, { input, timeLimit: LIMIT_MS });
    const found = new Set(output.split('\n').filter(Boolean));
    // The longest match counts, so that a word may have been found only as a part of several.
    for (const line of [...found])
      for (const word of line.split(' ')) if (asked.includes(word)) found.add(word);
    return found;
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    return error.exitCode === NOTHING_FOUND && error.stderr === '' ? new Set() : undefined;
  }
}
