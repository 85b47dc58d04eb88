/** What the commits of a repository tell of its folders: who works on them, and when somebody last did. */
import { GitFailure, git, gitMaybe } from './client.ts';

export interface FolderHistory {
  /** Date of the last commit, as YYYY-MM-DD. */
  lastCommit?: string;
  /** Who made most commits of the last year, and which share of them. */
  author?: { email: string; share: number; commits: number };
}

const MOST_COMMITS = 5000;
const TIME_LIMIT = 20_000;
/** Folders that were quiet for a year are asked for one by one. */
const MOST_QUIET = 50;
const ROBOT = /\[bot\]|^(bot|dependabot|renovate|github-actions|noreply|no-reply)[@+-]/i;

interface Commit {
  email: string;
  date: string;
  paths: string[];
}

export async function readHistory(
  folder: string,
  folders: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, FolderHistory>> {
  const histories = new Map<string, FolderHistory>();
  try {
    const commits = await lastYear(folder, signal);
    for (const path of folders) histories.set(path, summarize(commits, path));
  } catch (error) {
    // History only adds suggestions: too long a one, or none yet, costs nothing else.
    if (!(error instanceof GitFailure)) throw error;
    return histories;
  }
  const quiet = folders.filter((path) => !histories.get(path)?.lastCommit).slice(0, MOST_QUIET);
  for (const path of quiet) {
    const lastCommit = await gitMaybe(folder, ['log', '-1', '--format=%cs', '--', path || '.'], { signal });
    if (lastCommit) histories.set(path, { lastCommit });
  }
  return histories;
}

async function lastYear(folder: string, signal?: AbortSignal): Promise<Commit[]> {
  const format = '--format=%x01%aE%x00%cs%x00';
  const args = [
    'log',
    '--since=1 year ago',
    '--no-merges',
    '--no-renames',
    '--name-only',
    '-z',
    `-n${MOST_COMMITS}`,
  ];
  const output = await git(folder, [...args, format], { signal, timeLimit: TIME_LIMIT });
  return output
    .split('\x01')
    .slice(1)
    .map((record) => {
      const [email = '', date = '', ...paths] = record.split('\0');
      return { email: email.toLowerCase(), date, paths: paths.map((path) => path.trim()).filter(Boolean) };
    });
}

function summarize(commits: readonly Commit[], folder: string): FolderHistory {
  const prefix = folder === '' ? '' : `${folder}/`;
  const touching = commits.filter(({ paths }) => paths.some((path) => path.startsWith(prefix)));
  const byPeople = touching.filter(({ email }) => !ROBOT.test(email));
  const counts = new Map<string, number>();
  for (const { email } of byPeople) counts.set(email, (counts.get(email) ?? 0) + 1);
  const [top] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const lastCommit = touching[0]?.date;
  return {
    ...(lastCommit && { lastCommit }),
    ...(top && { author: { email: top[0], commits: top[1], share: top[1] / byPeople.length } }),
  };
}
