/** Branches, tags and proposed changes of a remote repository, fetched when somebody asks for one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { AtriumError } from '#model/errors.ts';
import type { OtherVersions, VersionNames, VersionPlace } from '#model/integration.ts';
import { git, gitOverNetwork } from './client.ts';
import { unreadable } from './remote.ts';
import { type ReachableRemote, type Remote, reach } from './remote-access.ts';
import { withoutCredentials } from './remote-links.ts';

/** Whoever pushes to a branch sees it after this time. */
const HELD_MS = 60_000;
const MOST_HELD = 100;
const MOST_NAMES = 200;
/** Somebody waits in front of a page: for a version that she asked for, or only for the choice of them. */
const FETCH_MS = 60_000;
const NAMES_MS = 5000;
/** Of GitHub and of GitLab. */
const PROPOSED = /^(?:pull|merge-requests)\/\d+$/;

/**
 * They lie in a repository of their own, each without its history: the clone has no old contents, and git would have to
 * ask for each file that a version shares with one of them.
 */
export class RemoteVersions implements OtherVersions {
  readonly #remote: Remote;
  readonly #folder: string;
  readonly #brought = new LRUCache<string, Promise<VersionPlace | undefined>>({
    max: MOST_HELD,
    ttl: HELD_MS,
  });
  readonly #names = new LRUCache<'names', Promise<VersionNames>>({ max: 1, ttl: HELD_MS });
  /** One fetch at a time: git locks what it notes of them. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(remote: Remote, workDir: string) {
    this.#remote = remote;
    this.#folder = join(workDir, 'versions.git');
  }

  /** A failure is held as well: a remote that does not answer is not waited for at every page. */
  names(): Promise<VersionNames> {
    const known = this.#names.get('names');
    if (known) return known;
    const listed = this.#reading((reachable) => this.#list(reachable));
    this.#names.set('names', listed);
    listed.catch(() => undefined);
    return listed;
  }

  bring(version: string): Promise<VersionPlace | undefined> {
    const known = this.#brought.get(version);
    if (known) return known;
    const brought = this.#turn.then(() => this.#reading((reachable) => this.#fetch(reachable, version)));
    this.#brought.set(version, brought);
    this.#turn = brought.catch(() => this.#brought.delete(version));
    return brought;
  }

  /** @throws {AtriumError} SOURCE_UNREADABLE, and as `reach` does. */
  async #reading<T>(work: (reachable: ReachableRemote) => Promise<T>): Promise<T> {
    const reachable = await reach(this.#remote);
    try {
      return await work(reachable);
    } catch (error) {
      const isLate = error instanceof DOMException && error.name === 'TimeoutError';
      throw isLate ? late(this.#remote) : unreadable(this.#remote, error);
    }
  }

  async #list(reachable: ReachableRemote): Promise<VersionNames> {
    const refs = await this.#refs(reachable, ['refs/heads/*', 'refs/tags/*'], NAMES_MS);
    const below = (prefix: string) =>
      refs.filter((ref) => ref.startsWith(prefix)).map((ref) => ref.slice(prefix.length));
    return {
      branches: below('refs/heads/').slice(0, MOST_NAMES),
      // A remote tells no dates; of names with numbers the highest is the newest.
      tags: below('refs/tags/').sort(byNumber).reverse().slice(0, MOST_NAMES),
    };
  }

  async #fetch(reachable: ReachableRemote, version: string): Promise<VersionPlace | undefined> {
    const proposed = PROPOSED.test(version) ? [`refs/${version}/head`] : [];
    const asked = [`refs/heads/${version}`, `refs/tags/${version}`, ...proposed];
    const there = new Set(await this.#refs(reachable, asked, FETCH_MS));
    const ref = asked.find((each) => there.has(each));
    if (ref === undefined) return undefined;
    const folder = this.#folder;
    if (!existsSync(join(folder, 'HEAD'))) {
      await git(join(folder, '..'), ['init', '--quiet', '--bare', '--template=', '--', folder]);
    }
    const args = ['fetch', '--quiet', '--depth=1', '--no-tags', '--', reachable.url, `+${ref}:${ref}`];
    await gitOverNetwork(folder, args, reachable.access, AbortSignal.timeout(FETCH_MS));
    return { folder, commit: (await git(folder, ['rev-parse', '--verify', `${ref}^{commit}`])).trim() };
  }

  async #refs(
    { url, access }: ReachableRemote,
    patterns: readonly string[],
    patience: number,
  ): Promise<string[]> {
    const args = ['ls-remote', '--refs', '--', url, ...patterns];
    const signal = AbortSignal.timeout(patience);
    const listed = await gitOverNetwork(join(this.#folder, '..'), args, access, signal);
    return [...listed.matchAll(/\t(.+)$/gm)].map(([, ref]) => ref ?? '');
  }
}

const byNumber = new Intl.Collator('en', { numeric: true }).compare;

function late({ address }: Remote): AtriumError {
  return new AtriumError('SOURCE_UNREADABLE', `${withoutCredentials(address)} does not answer in time`);
}
