/** Pages that nobody has touched for longer than the code that they describe. */
import type { FileChange } from '#model/file-tools.ts';
import type { FoundProblem, RotPage } from './found.ts';

/** A page of this age may be as true as on its first day. */
const OLD_DAYS = 180;
const MOST_QUIET_FILES = 9;
/** One that formats everything is no other behaviour. */
const LEAST_COMMITS = 3;
const DAY_MS = 24 * 3_600_000;

const NO_CODE =
  /\.(md|markdown|mdx|rst|adoc|asciidoc|txt|png|jpe?g|gif|svg|webp|avif|ico|pdf|drawio|puml|lock|sum|snap|map)$|(^|\/)(license|notice|authors|codeowners|changelog|package-lock\.json|pnpm-lock\.yaml|mkdocs\.ya?ml|catalog-info\.ya?ml)([^/]*)$|(^|\/)(node_modules|vendor|third_party|dist)\//i;

/** They are about people, and no code makes them untrue. */
const NO_GUIDE =
  /(^|\/)(license|contributing|code[-_]of[-_]conduct|security|authors|maintainers|governance|support|team)[^/]*$/i;

export interface OutdatedOptions {
  /** Of the repository, by path; files that are gone among them. */
  changes: ReadonlyMap<string, FileChange>;
  /** Whether a path is part of what the entity is made of. */
  isOwn: (path: string) => boolean;
  now: Date;
}

/** @returns one problem a page at most. */
export function outdated(
  pages: readonly RotPage[],
  { changes, isOwn, now }: OutdatedOptions,
): FoundProblem[] {
  const shown = new Set(pages.map(({ at }) => at));
  const code = codeChanges(changes, (path) => isOwn(path) && !shown.has(path));
  return pages.flatMap(({ page, at, historical }) => {
    const written = Date.parse(changes.get(at)?.at ?? '');
    if (historical || NO_GUIDE.test(at) || Number.isNaN(written)) return [];
    const files = code.since(written);
    const isOld = now.getTime() - written >= OLD_DAYS * DAY_MS;
    if (!isOld || files <= MOST_QUIET_FILES || code.commitsOf(files) < LEAST_COMMITS) return [];
    return [
      {
        page,
        kind: 'outdated' as const,
        message: `It was changed last on ${day(written)}; ${files} files of the code were changed since, the last on ${day(code.latest)}`,
        remedy:
          'Read it beside the code and mend what is no longer true; any change of it says that it was read.',
        line: null,
      },
    ];
  });
}

/** Last changes of files of the code, the newest first. */
function codeChanges(changes: ReadonlyMap<string, FileChange>, isCode: (path: string) => boolean) {
  const newest = [...changes]
    .filter(([path]) => isCode(path) && !NO_CODE.test(path))
    .map(([, { at, commit }]) => ({ time: Date.parse(at), commit }))
    .sort((a, b) => b.time - a.time);
  const seen = new Set<string>();
  const commits = newest.map(({ commit }) => seen.add(commit).size);
  return {
    latest: newest[0]?.time ?? 0,
    /** How many were changed after a time. */
    since(time: number): number {
      let [low, high] = [0, newest.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((newest[middle]?.time ?? 0) > time) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    /** By how many commits the newest of them were changed. */
    commitsOf: (files: number): number => commits[files - 1] ?? 0,
  };
}

const day = (time: number) => new Date(time).toISOString().slice(0, 10);
