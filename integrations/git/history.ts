/** What the commits of a repository tell of its folders: who works on them, and when somebody last did. */
import { GitFailure, git, gitMaybe } from './client.ts';

export interface FolderHistory {
  /** Date of the last commit, as YYYY-MM-DD. */
  lastCommit?: string;
  /** Date of the first commit that is known. */
  firstCommit?: string;
  /** How many people made commits in the last year, and how many commits. */
  authors: number;
  commits: number;
  /** Who made most commits of the last year, and which share of them. */
  author?: { email: string; share: number; commits: number };
}

const MOST_COMMITS = 5000;
const TIME_LIMIT = 20_000;
/** Folders of which the newest commits tell nothing are asked for one by one. */
const MOST_QUIET = 50;
const ROBOT = /\[bot\]|^(bot|dependabot|renovate|github-actions|noreply|no-reply)[@+-]/i;

export interface Commit {
  email: string;
  /** As the commit spells it; one person may commit under several addresses. */
  name?: string;
  date: string;
  paths: string[];
}

/** Newest first; none where git does not tell. */
export async function readCommits(folder: string, signal?: AbortSignal): Promise<Commit[]> {
  const format = '--format=%x01%aE%x00%aN%x00%cs%x00';
  const args = ['log', '--no-merges', '--no-renames', '--name-only', '-z', `-n${MOST_COMMITS}`];
  try {
    const output = await git(folder, [...args, format], { signal, timeLimit: TIME_LIMIT });
    return output.split('\x01').slice(1).map(readCommit);
  } catch (error) {
    // History only adds to what files tell: too long a one, or none yet, costs nothing else.
    if (error instanceof GitFailure) return [];
    throw error;
  }
}

function readCommit(record: string): Commit {
  const [email = '', name = '', date = '', ...paths] = record.split('\0');
  return { email: email.toLowerCase(), name, date, paths: paths.map((path) => path.trim()).filter(Boolean) };
}

/** What the commits tell of some folders. */
export async function readHistory(
  folder: string,
  folders: readonly string[],
  { commits, now, signal }: { commits: readonly Commit[]; now: Date; signal?: AbortSignal },
): Promise<Map<string, FolderHistory>> {
  const yearAgo = new Date(now);
  yearAgo.setFullYear(now.getFullYear() - 1);
  const since = yearAgo.toISOString().slice(0, 10);
  const histories = new Map(folders.map((path) => [path, summarize(commits, path, since)]));
  if (commits.length < MOST_COMMITS) return histories;
  const quiet = folders.filter((path) => !histories.get(path)?.lastCommit).slice(0, MOST_QUIET);
  for (const path of quiet) {
    const lastCommit = await gitMaybe(folder, ['log', '-1', '--format=%cs', '--', path || '.'], { signal });
    if (lastCommit) histories.set(path, { lastCommit, authors: 0, commits: 0 });
  }
  return histories;
}

/** When each file and folder was last touched. */
export function datesOf(commits: readonly Commit[]): Map<string, string> {
  const dates = new Map<string, string>();
  for (const { date, paths } of commits) {
    for (const path of paths) {
      for (let at = path; !dates.has(at); at = dirnameOf(at)) {
        dates.set(at, date);
        if (at === '') break;
      }
    }
  }
  return dates;
}

function dirnameOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end === -1 ? '' : path.slice(0, end);
}

/** A full name is one person, whatever the address; a single word may be anybody's. */
function personOf({ name = '', email }: Commit): string {
  return /\S\s+\S/.test(name) ? name.trim().toLowerCase() : email;
}

function summarize(commits: readonly Commit[], folder: string, since: string): FolderHistory {
  const prefix = folder === '' ? '' : `${folder}/`;
  const touching = commits.filter(({ paths }) => paths.some((path) => path.startsWith(prefix)));
  const byPeople = touching.filter(({ email, date }) => date >= since && !ROBOT.test(email));
  const counts = new Map<string, number>();
  for (const { email } of byPeople) counts.set(email, (counts.get(email) ?? 0) + 1);
  const [top] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const lastCommit = touching[0]?.date;
  const firstCommit = touching.at(-1)?.date;
  return {
    ...(lastCommit && { lastCommit }),
    ...(firstCommit && { firstCommit }),
    authors: new Set(byPeople.map(personOf)).size,
    commits: byPeople.length,
    ...(top && { author: { email: top[0], commits: top[1], share: top[1] / byPeople.length } }),
  };
}
