/** Git in a bare repository, as an API on top of one uses it. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { newFolder } from './step.test-helper.ts';

const identity = {
  GIT_AUTHOR_NAME: 'Grace',
  GIT_AUTHOR_EMAIL: 'grace@example.com',
  GIT_COMMITTER_NAME: 'Grace',
  GIT_COMMITTER_EMAIL: 'grace@example.com',
};

export function git(
  folder: string,
  args: string[],
  { input, env = {} }: { input?: string | Buffer; env?: Record<string, string> } = {},
): string {
  const options = { cwd: folder, env: { ...process.env, ...identity, ...env }, stdio: 'pipe' as const };
  return execFileSync('git', args, { ...options, ...(input !== undefined && { input }) })
    .toString()
    .trim();
}

export function gitMaybe(folder: string, ...args: string[]): string | undefined {
  try {
    return git(folder, args);
  } catch {
    return undefined;
  }
}

export interface TreeEntry {
  path: string;
  mode: string;
  content?: string | Buffer;
  /** Of what is there already; null takes the path away. */
  sha?: string | null;
}

export function writeTree(folder: string, base: string | undefined, entries: readonly TreeEntry[]): string {
  const env = { GIT_INDEX_FILE: join(newFolder(), 'index') };
  if (base) git(folder, ['read-tree', base], { env });
  for (const { path, mode, content = '', sha } of entries) {
    if (sha === null) {
      const input = `0 ${'0'.repeat(40)}\t${path}\n`;
      git(folder, ['update-index', '--index-info'], { env, input });
      continue;
    }
    const blob = sha ?? git(folder, ['hash-object', '-w', '--stdin'], { input: content });
    git(folder, ['update-index', '--add', '--cacheinfo', `${mode},${blob},${path}`], { env });
  }
  return git(folder, ['write-tree'], { env });
}

/** A bare repository with one commit on main, unless there are no files. */
export function bareRepository(folder: string, files: Record<string, string> = {}): void {
  git('.', ['init', '--quiet', '--bare', '--initial-branch=main', folder]);
  if (Object.keys(files).length === 0) return;
  const entries = Object.entries(files).map(([path, content]) => ({ path, content, mode: '100644' }));
  const commit = git(folder, ['commit-tree', writeTree(folder, undefined, entries), '-m', 'theirs']);
  git(folder, ['update-ref', 'refs/heads/main', commit]);
}
