/** What step actions that do something outside are given by the server. */
import type { ActionsConfig } from '../../kernel/actions-config.ts';
import type { Fetch } from '../../kernel/fetch.ts';
import type { LocalTarget } from '../local/local-target.ts';

export interface PushRequest {
  /** What is in it becomes the commit, as far as its .gitignore lets it. */
  folder: string;
  /** `file:///…`, `https://…` or `ssh://…`. */
  address: string;
  branch: string;
  /** Branch that the commit follows on; the first commit of the repository when absent. */
  onto?: string | undefined;
  /** Files of that branch that are not in the folder stay. */
  keep?: boolean | undefined;
  message: string;
  author: { name: string; email: string };
  token?: string | undefined;
  signal: AbortSignal;
}

/**
 * Pushes a folder as one commit. What is there already from an earlier try is found again.
 * @throws {AtriumError} STEP_FAILED, ADDRESS_REFUSED, PATH_REFUSED
 */
export type Push = (request: PushRequest) => Promise<{ commit: string }>;

/** Repositories by their address, with what may be reached checked. */
export interface Repositories {
  /** `local:NAME` is the repository of that name on this machine; any other address is as it was written. */
  addressOf(written: string): string;
  push: Push;
  /** Makes a bare repository where there is none: by `file://` only. @returns whether it was made for that key. */
  make(address: string, branch: string, key: string): Promise<boolean>;
  /** Takes back what was pushed, and the repository with it where it was made for that. */
  takeBack(pushed: {
    address: string;
    branch: string;
    commit: string;
    made: boolean;
    token?: string | undefined;
  }): Promise<void>;
  /** Checks a commit or branch out into a folder that is made for it. */
  checkOut(request: { address: string; place: string; folder: string; signal: AbortSignal }): Promise<void>;
}

/** Places of the catalog that were registered. */
export interface Registry {
  /**
   * @param key of the step that registers it, which is remembered where nobody had registered it before.
   * @returns refs of what stands there.
   */
  register(target: string, key: string): Promise<string[]>;
  /** Only what was registered with that key is removed. */
  unregister(target: string, key: string): Promise<'removed' | 'gone' | 'of-others'>;
  /** Has what says an entity read anew. */
  refresh(ref: string): Promise<void>;
}

export interface OutsideStepDeps {
  config: ActionsConfig;
  fetch: Fetch;
  push: Push;
}

export interface OwnStepDeps {
  config: ActionsConfig;
  fetch: Fetch;
  repositories: Repositories;
  registry: Registry;
  local: LocalTarget;
  /** Holds checkouts while they are used. */
  workDir: string;
}
