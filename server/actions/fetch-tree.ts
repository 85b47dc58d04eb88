/** The seam through which steps get at files outside their workspace. */

export interface FetchedTree {
  /** A folder, or one file: no link in it has been followed, and none may be without a check. */
  path: string;
  /** Links may lead no further than this. */
  root: string;
  /** Gives back what was made for it. */
  release(): Promise<void>;
}

export interface FetchTreeOptions {
  signal: AbortSignal;
  /** Password for the repository, where the template brings one. */
  token?: string | undefined;
}

/**
 * @param url absolute, or relative to `base`.
 * @param base location of the template: `url:https://…` or `file:/…`.
 * @throws {AtriumError} when it is refused, or can't be read.
 */
export type FetchTree = (
  url: string,
  base: string | undefined,
  options: FetchTreeOptions,
) => Promise<FetchedTree>;
