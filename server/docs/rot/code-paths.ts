/** Files and folders of the code that pages name and that are not there any more. */
import type { FileChange } from '#model/file-tools.ts';
import { type FoundProblem, type RotPage, shown } from './found.ts';
import { folderOf, joinPath, normalPath, type RepositoryTree } from './repository-tree.ts';

export interface CodePathsOptions {
  tree: RepositoryTree;
  /** Of the repository, by path; files that are gone among them. */
  changes: ReadonlyMap<string, FileChange>;
  /** The entity's folder in the repository. */
  place: string;
}

/** Made by builds, by tools and by whoever runs it: the repository never has them. */
const MADE =
  /(^|\/)(node_modules|vendor|dist|build|out|target|bin|obj|coverage|site|tmp|temp|logs?|\.?cache|\.?venv|env|__pycache__|\.git|\.terraform)(\/|$)/i;
const LINES = /:\d+(-\d+)?$/;
/** Files that a guide may ask its readers to make are of other kinds. */
const CODE =
  /\.(c|cc|clj|cpp|cs|dart|erl|exs?|fs|go|groovy|h|hpp|hs|java|jsx?|kts?|lua|m|mjs|php|pl|proto|py|rb|rs|scala|sql|swift|svelte|tf|tsx?|vue)$/;

/** What is told of a longer ago than the page was written is of other files: guides name files of their readers. */
const LONG_AGO_DAYS = 365;
const DAY_MS = 24 * 3_600_000;

/**
 * A path is reported when the history knows that it was there, or when it names code below a folder that has code of
 * its kind. One that lies anywhere else in the repository, or may be made by a build, is not.
 */
export function goneCodePaths(pages: readonly RotPage[], options: CodePathsOptions): FoundProblem[] {
  const past = pastOf(options.changes, options.tree);
  return pages.flatMap((page) => {
    if (page.historical) return [];
    const bases = [folderOf(page.at), folderOf(page.at).split('/')[0] ?? '', options.place, ''];
    const written = options.changes.get(page.at)?.at;
    return page.outline.mentions.flatMap(({ kind, text, line }) => {
      const path = kind === 'path' ? readPath(text) : undefined;
      if (path === undefined || isThere(path, bases, options.tree)) return [];
      const left = leftOn(path, bases, past, written);
      if (left === undefined && !isLikely(path, bases, options.tree)) return [];
      const what = left === undefined ? 'is not there' : `left the code on ${left}`;
      return [
        {
          page: page.page,
          kind: 'missing-code' as const,
          message: `It names ${shown(text.trim())}, which ${what}`,
          remedy: 'Name what took its place, or take it out.',
          line: line ?? null,
        },
      ];
    });
  });
}

/** Undefined for what is no path within a folder of a repository. */
function readPath(text: string): string | undefined {
  const path = text.trim().replace(LINES, '').replace(/\/+$/, '');
  const isOther = /[*@]/.test(path) || path.startsWith('/') || !path.includes('/') || MADE.test(path);
  return isOther ? undefined : path;
}

const within = (bases: readonly string[], path: string) =>
  bases.flatMap((base) => normalPath(joinPath(base, path)) ?? []);

function isThere(path: string, bases: readonly string[], tree: RepositoryTree): boolean {
  const plain = normalPath(path.replace(/^(\.{1,2}\/)+/, ''));
  return (
    plain === undefined || within(bases, path).some((each) => tree.leadsTo(each)) || tree.hasEnding(plain)
  );
}

/** Where it is no code, only if it was there when the page was written, or not long before. */
function leftOn(
  path: string,
  bases: readonly string[],
  past: ReadonlyMap<string, string>,
  written: string | undefined,
): string | undefined {
  const left = within(bases, path).flatMap((each) => past.get(each) ?? [])[0];
  if (left === undefined || CODE.test(path) || written === undefined) return left;
  return Date.parse(left) > Date.parse(written) - LONG_AGO_DAYS * DAY_MS ? left : undefined;
}

function isLikely(path: string, bases: readonly string[], tree: RepositoryTree): boolean {
  const [ending] = CODE.exec(path) ?? [];
  const [first = ''] = path.replace(/^\.\//, '').split('/');
  return ending !== undefined && within(bases, first).some((folder) => tree.hasSuch(folder, ending));
}

/** Days on which files and folders left, by path. */
function pastOf(changes: ReadonlyMap<string, FileChange>, tree: RepositoryTree): Map<string, string> {
  const past = new Map<string, string>();
  for (const [path, { at }] of changes) {
    if (tree.has(path)) continue;
    const day = at.slice(0, 10);
    for (let each = path; each !== '' && !tree.hasFolder(each); each = folderOf(each)) {
      if ((past.get(each) ?? '') < day) past.set(each, day);
    }
  }
  return past;
}
