/** Watches a source's files, or asks again and again where that is not possible. */
import { existsSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FSWatcher, watch } from 'chokidar';
import type { SourceContext } from '#model/integration.ts';
import { gitMaybe } from './client.ts';
import type { Estate } from './estate.ts';
import { locate, remoteOf } from './locate.ts';
import { partKey } from './part.ts';
import { remoteRevision } from './remote.ts';
import { Changes } from './watch-changes.ts';
import { WatchFilter } from './watch-filter.ts';

const REMOTE_SECONDS = 60;
const POLL_SECONDS = 10;

/** Hands over changes until the signal aborts. */
export async function watchEstate(estate: Estate, context: SourceContext): Promise<void> {
  if (!estate.located) await estate.exclusive(() => estate.read(context));
  const target = estate.located?.target;
  if (!target) return;
  if (target.kind === 'remote') await pollRemote(estate, context);
  else await new FileWatch(estate, context, target.folder).run();
}

async function pollRemote(estate: Estate, context: SourceContext): Promise<void> {
  const { signal } = context;
  const remote = remoteOf(estate.config, context.guard);
  const changes = new Changes(estate, context, estate.folders);
  const pause = (estate.config.pollSeconds ?? REMOTE_SECONDS) * 1000;
  while (await waited(pause, signal)) {
    try {
      const revision = await remoteRevision(remote, context.workDir, signal);
      const [state] = estate.states.values();
      if (revision === state?.repository.place.head.revision) continue;
      await locate(estate.config, context);
      if (state) changes.noteHead(state.site.key);
      else await estate.exclusive(() => estate.read(context));
    } catch (error) {
      if (signal.aborted) return;
      context.log.warn({ error: String(error) }, 'The remote repository did not answer; asking again later');
    }
  }
}

/** @returns false when it is time to stop. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  await sleep(ms, undefined, { signal }).catch(() => {});
  return !signal.aborted;
}

class FileWatch {
  readonly #estate: Estate;
  readonly #context: SourceContext;
  readonly #top: string;
  readonly #changes: Changes;
  #watcher: FSWatcher | undefined;
  #polling = false;
  readonly #extra = new Set<string>();

  constructor(estate: Estate, context: SourceContext, top: string) {
    this.#estate = estate;
    this.#context = context;
    this.#top = top;
    this.#changes = new Changes(estate, context, estate.folders);
    this.#changes.onRound = () => void this.#watchGitFolders();
  }

  async run(): Promise<void> {
    const { signal } = this.#context;
    if (signal.aborted) return;
    const stopped = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    this.#start();
    await this.#watchGitFolders();
    await stopped;
    await this.#watcher?.close();
    await this.#changes.settled();
  }

  #start(): void {
    const filter = new WatchFilter(this.#estate, this.#estate.folders);
    const interval = (this.#estate.config.pollSeconds ?? POLL_SECONDS) * 1000;
    const watcher = watch(this.#top, {
      ignored: (path, stats) => filter.isIgnored(path, stats),
      followSymlinks: true,
      ignorePermissionErrors: true,
      atomic: false,
      ...(this.#polling && {
        backend: 'polling',
        pollingInterval: interval,
        pollingBinaryInterval: interval,
      }),
    });
    this.#watcher = watcher;
    watcher.on('all', (event, path, stats) => {
      // While taking stock everything is "added"; only what is younger than the reading is news.
      if (!filter.takingStock || isYounger(stats, this.#estate.readAt)) this.#changes.note(event, path);
    });
    watcher.on('ready', () => {
      filter.takingStock = false;
      this.#noteMissing();
      this.#context.log.info({ folder: this.#top }, 'Watching for changes');
    });
    watcher.on('error', (error) => this.#onError(watcher, error));
  }

  /** What was deleted between the reading and now shows no event. */
  #noteMissing(): void {
    for (const { repository, parts, site } of this.#estate.states.values()) {
      if (site.kind === 'bare') continue;
      for (const path of parts.keys()) {
        const full = join(repository.place.folder, path);
        if (!existsSync(full)) this.#changes.note('unlink', full);
      }
    }
  }

  /** Worktrees keep their state outside their folder. */
  async #watchGitFolders(): Promise<void> {
    for (const state of this.#estate.states.values()) {
      const { folder, kind } = state.site;
      if (kind !== 'checkout' || this.#extra.has(folder) || !isFile(join(folder, '.git'))) continue;
      this.#extra.add(folder);
      const home = await gitMaybe(folder, ['rev-parse', '--absolute-git-dir']).catch(() => undefined);
      if (!home || this.#context.signal.aborted) continue;
      const files = watch([join(home, 'HEAD'), join(home, 'logs', 'HEAD')], { ignoreInitial: true });
      files.on('all', () => this.#changes.noteHead(state.site.key));
      // A commit may have come while this was being set up.
      files.on('ready', () => this.#changes.noteHead(state.site.key));
      files.on('error', (error) =>
        this.#context.log.warn({ error: String(error) }, 'A worktree is not watched'),
      );
      this.#context.signal.addEventListener('abort', () => void files.close(), { once: true });
    }
  }

  #onError(watcher: FSWatcher, error: unknown): void {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const isLimit = code === 'EMFILE' || code === 'ENOSPC' || code === 'ENFILE';
    if (!isLimit || this.#polling || watcher !== this.#watcher) {
      this.#context.log.warn({ error: String(error) }, 'A folder is not watched');
      return;
    }
    this.#polling = true;
    void watcher.close().then(() => this.#context.signal.aborted || this.#start());
    const message = 'This machine watches too many files; changes are looked for every few seconds instead';
    this.#context.log.warn({ folder: this.#top, code: String(code) }, message);
    const remedy =
      'Raise fs.inotify.max_user_watches (and the limit of open files), or name a smaller folder.';
    const problem = { level: 'warning' as const, message, remedy };
    const part = partKey(this.#top, 'watching');
    this.#context.apply([{ part, contributions: [], problems: [problem] }]).catch(() => {});
  }
}

function isYounger(stats: Stats | undefined, since: number): boolean {
  // Clocks of file systems tick coarsely.
  return stats !== undefined && Math.max(stats.mtimeMs, stats.ctimeMs) > since - 20;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
