/** Where a statement was read. */
export interface Place {
  /** A location ref: `file:/path/to/file` or `url:https://…`. */
  location: string;
  /** Path within its repository, for people. */
  path?: string;
  /** 1-based line of the document or finding. */
  line?: number;
}
