/**
 * One commit: its age ("412d", "3h", "20m"), its author's id, its subject, and the files it wrote.
 *
 * Files are separated by spaces: `path`, `folder/` (all below it), `*` (all that no other commit names),
 * `path=variant` (the content of `sample/variants/<repository>/variant`).
 * A file that several commits name grows from one to the next; the last one holds what the folder holds.
 */
export type Change = readonly [age: string, author: string, subject: string, files: string];

export type SideBranch = {
  name: string;
  /** Number of the commit on the main branch that it starts from, counted from 1. */
  after: number;
  changes: readonly Change[];
};

export type RepositoryHistory = {
  /** The folder under `sample/estate`, and the checkout's name. */
  name: string;
  /** The main branch; "main" unless told. */
  branch?: string;
  /** Oldest first. */
  changes: readonly Change[];
  /** Tag to the number of the commit it marks, counted from 1. */
  tags?: Readonly<Record<string, number>>;
  side?: SideBranch;
};
