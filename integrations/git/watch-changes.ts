/** Gathers what happened to files until it is time to read them again. */
import { existsSync } from 'node:fs';
import type { SourceContext } from '#model/integration.ts';
import { readHead } from './client.ts';
import type { Estate, SiteState } from './estate.ts';
import { sitesBelow } from './locate.ts';
import { findSite, isManifest } from './watch-filter.ts';

/** Saving a file is often several events; this long they are waited for. */
const DEBOUNCE_MS = 100;

interface Pending {
  paths: Set<string>;
  files: boolean;
  /** The repository's own state moved: perhaps a commit. */
  head: boolean;
}

export class Changes {
  readonly #estate: Estate;
  readonly #context: SourceContext;
  readonly #folders: Map<string, SiteState>;
  #pending = new Map<string, Pending>();
  #sitesChanged = false;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();
  /** Told after each round, because new files may need to be watched. */
  onRound: () => void = () => {};

  constructor(estate: Estate, context: SourceContext, folders: Map<string, SiteState>) {
    this.#estate = estate;
    this.#context = context;
    this.#folders = folders;
    context.signal.addEventListener('abort', () => clearTimeout(this.#timer), { once: true });
  }

  note(event: string, full: string): void {
    const found = findSite(this.#folders, full);
    const comesOrGoes = event !== 'change';
    // Only the source's top may have more repositories; `.git` and bare ones show by these names.
    if (comesOrGoes && /(^|\/)(\.git|HEAD)$/.test(full)) this.#sitesChanged = true;
    if (event === 'unlinkDir' && found?.path === '') this.#sitesChanged = true;
    if (found && event !== 'addDir') {
      const { state, path, isGit } = found;
      const pending = this.#pendingOf(state.site.key);
      if (isGit) pending.head = true;
      else {
        pending.paths.add(path);
        pending.files ||= comesOrGoes;
      }
    }
    if (this.#sitesChanged || this.#pending.size > 0) this.#schedule();
  }

  noteHead(key: string): void {
    this.#pendingOf(key).head = true;
    this.#schedule();
  }

  /** Resolves when all that was noted has been handed over. */
  async settled(): Promise<void> {
    await this.#work;
  }

  #pendingOf(key: string): Pending {
    const pending = this.#pending.get(key) ?? { paths: new Set(), files: false, head: false };
    this.#pending.set(key, pending);
    return pending;
  }

  #schedule(): void {
    if (this.#timer || this.#context.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#work = this.#estate.exclusive(() => this.#round());
    }, DEBOUNCE_MS);
  }

  async #round(): Promise<void> {
    const pending = this.#pending;
    const sitesChanged = this.#sitesChanged;
    this.#pending = new Map();
    this.#sitesChanged = false;
    const target = this.#estate.located?.target;
    // A whole source that vanished is out of reach, not empty: what it said stays until it is back.
    if (target && target.kind !== 'remote' && !existsSync(target.folder)) return;
    if (sitesChanged && target?.kind === 'folder') await this.#guard(() => this.#findSites(target.folder));
    const discover: string[] = [];
    for (const [key, change] of pending) {
      await this.#guard(async () => {
        if (await this.#refresh(key, change)) discover.push(key);
      });
    }
    // Descriptors decide under which names things are known, so this is due after any of them changed.
    if (pending.size > 0) await this.#guard(() => this.#estate.refreshDiscovery(this.#context, discover));
    this.onRound();
  }

  /** One repository that fails must not end the watching of the others. */
  async #guard(work: () => Promise<void>): Promise<void> {
    if (this.#context.signal.aborted) return;
    try {
      await work();
    } catch (error) {
      if (this.#context.signal.aborted) return;
      this.#context.log.warn(
        { error: String(error) },
        'A change could not be read; what was said before is kept',
      );
    }
  }

  async #findSites(top: string): Promise<void> {
    const sites = sitesBelow(top, this.#context.guard !== undefined);
    const keys = new Set(sites.map(({ key }) => key));
    for (const key of [...this.#estate.sites.keys()]) {
      if (!keys.has(key)) await this.#estate.removeSite(this.#context, key);
    }
    for (const site of sites) {
      const known = this.#estate.states.get(site.key)?.site;
      if (known?.kind === site.kind && known.discover === site.discover) continue;
      if (known) await this.#estate.removeSite(this.#context, site.key);
      await this.#estate.addSite(this.#context, site);
    }
  }

  /** @returns whether things must be discovered anew. */
  async #refresh(key: string, { paths, files, head }: Pending): Promise<boolean> {
    const state = this.#estate.states.get(key);
    if (!state) return false;
    const { place } = state.repository;
    const moved = head && !isSame(await readHead(place.folder, this.#context.signal), place.head);
    if (!moved && !files && paths.size === 0) return false;
    this.#context.touched?.(place.folder, moved ? [] : [...paths]);
    await this.#estate.refresh(this.#context, key, { paths, files: files || moved, all: moved });
    // Descriptors look like manifests, but detectors don't read them.
    const isDescriptor = (path: string) => state.parts.has(path) || this.#estate.isDescriptor(path);
    return moved || [...paths].some((path) => isManifest(path) && !isDescriptor(path));
  }
}

function isSame(
  a: { revision?: string; branch?: string },
  b: { revision?: string; branch?: string },
): boolean {
  return a.revision === b.revision && a.branch === b.branch;
}
