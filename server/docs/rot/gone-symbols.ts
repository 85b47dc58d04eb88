/** Asks a repository for the symbols that pages name: whether it has them, and whether it had them. */
import type { FileChange, FileTools } from '#model/file-tools.ts';
import type { FilesAtHand } from '#model/integration.ts';
import {
  declarationsOf,
  goneSymbols,
  type LackingSymbol,
  lackingSymbols,
  namedSymbols,
} from './code-symbols.ts';
import type { FoundProblem, RotPage } from './found.ts';
import type { Repositories } from './repositories.ts';

export interface SymbolDeps {
  repositories: Repositories;
  files: Pick<FileTools, 'versions'>;
}

/** Each is a look at all files of a commit. */
const MOST_COMMITS = 8;
const MOST_TAGS = 2;

export async function findGoneSymbols(
  { repositories, files }: SymbolDeps,
  place: FilesAtHand,
  pages: readonly RotPage[],
  changes: ReadonlyMap<string, FileChange>,
): Promise<FoundProblem[]> {
  const symbols = namedSymbols(pages);
  if (symbols.length === 0) return [];
  const now = await repositories.wordsNow(place, unique(symbols.flatMap(({ parts }) => parts)));
  const lacking = now ? lackingSymbols(symbols, now) : [];
  if (lacking.length === 0) return [];
  const declarations = declarationsOf(lacking);
  const declared = (await repositories.wordsNow(place, declarations)) ?? new Set<string>();
  const had = await wordsThen({ repositories, files }, place, lacking, changes);
  return goneSymbols(lacking, (at) => had.get(at) ?? new Set(), declared);
}

/** Words that the code had when each page was changed last, or at an older release, by the page's file. */
async function wordsThen(
  { repositories, files }: SymbolDeps,
  place: FilesAtHand,
  lacking: readonly LackingSymbol[],
  changes: ReadonlyMap<string, FileChange>,
): Promise<Map<string, ReadonlySet<string>>> {
  const words = unique(lacking.flatMap((symbol) => symbol.lacking)).sort();
  const commitOf = (at: string) => changes.get(at)?.commit;
  const commits = unique(lacking.flatMap(({ at }) => commitOf(at) ?? [])).slice(0, MOST_COMMITS);
  const { tags } = await files.versions(place);
  const releases = unique([tags[Math.floor(tags.length / 2)], tags.at(-1)]).slice(0, MOST_TAGS);
  const found = new Map<string, ReadonlySet<string>>();
  for (const version of [...commits, ...releases.filter((tag) => tag !== undefined)]) {
    found.set(version, await repositories.wordsAt(place, words, version));
  }
  const ofReleases = releases.flatMap((tag) => [...(found.get(tag ?? '') ?? [])]);
  return new Map(
    lacking.map(({ at }) => [at, new Set([...ofReleases, ...(found.get(commitOf(at) ?? '') ?? [])])]),
  );
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
