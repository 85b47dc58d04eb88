/** What can be done with a repository by its address, whoever hosts it. */
import type { SecretValue, SourceGuard } from './integration.ts';

export interface RemoteRepository {
  address: string;
  credentials?: { username?: string; token: SecretValue } | undefined;
  /** Absent for addresses that are not a template's or a user's word. */
  guard?: SourceGuard | undefined;
}

export interface Commit {
  /** What is in it becomes the commit, as far as its .gitignore lets it. */
  folder: string;
  branch: string;
  /** Branch that it follows on; it has no parent when absent. */
  onto?: string | undefined;
  /** Files of that branch that are not in the folder stay. */
  keep?: boolean | undefined;
  message: string;
  author: { name: string; email: string };
  at: Date;
  signal?: AbortSignal | undefined;
}

export interface RepositoryTools {
  /** @returns the path of the place in the folder, which is made. @throws {AtriumError} SOURCE_UNREADABLE */
  checkOut(remote: RemoteRepository, place: string, folder: string, signal?: AbortSignal): Promise<string>;
  /**
   * A branch whose head has the same files and message is left as it is, so that trying again does nothing twice.
   * @throws {AtriumError} STEP_FAILED when it is refused.
   */
  push(remote: RemoteRepository, commit: Commit): Promise<{ commit: string }>;
  /**
   * Makes a bare repository on this machine.
   * @param madeFor a key of whoever wants it. @returns whether it was made for that, now or before.
   */
  make(address: string, branch: string, madeFor: string): Promise<boolean>;
  /** Removes a bare repository that nothing was pushed to since. @returns false when it is not as it was left. */
  remove(address: string, branch: string, commit: string): Promise<boolean>;
  /** Takes a branch away, while its head is still the given commit. @throws {AtriumError} STEP_FAILED */
  removeBranch(remote: RemoteRepository, branch: string, commit: string): Promise<void>;
}
