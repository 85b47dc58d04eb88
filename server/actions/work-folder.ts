/** Where this process keeps what it only needs while it is at it: workspaces, checkouts, what plans read. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

export interface WorkFolderOptions {
  machine?: string;
  pid?: number;
  isAlive?: (pid: number) => boolean;
}

/**
 * Makes a folder for this process, and removes what processes of this machine left that were killed. Those of other
 * machines on the same volume are theirs to remove.
 */
export function openWorkFolder(
  parent: string,
  { machine = hostname(), pid = process.pid, isAlive = isRunning }: WorkFolderOptions = {},
): string {
  mkdirSync(parent, { recursive: true });
  const prefix = `${machine}-`;
  for (const name of readdirSync(parent)) {
    const owner = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (!Number.isInteger(owner) || (owner !== pid && isAlive(owner))) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
  const folder = join(parent, `${prefix}${pid}`);
  mkdirSync(folder);
  return folder;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
