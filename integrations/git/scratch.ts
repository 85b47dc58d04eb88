/** What commits are made with: a repository for the moment, and who is said to have made them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './client.ts';

/** Gives the folder of an empty bare repository, which goes when the work is done. */
export async function inScratch<T>(work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'atrium-scratch-'));
  try {
    await git(scratch, ['init', '--quiet', '--bare', '--template=']);
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface Person {
  name: string;
  email: string;
}

/** For `git commit-tree`. A leading `@` lets any moment be one, the first seconds of 1970 too. */
export function commitEnv(author: Person, committer: Person, at: Date): Record<string, string> {
  const date = `@${Math.floor(at.getTime() / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: date,
  };
}
