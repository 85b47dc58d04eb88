/** Keeps the index true: reads again what changed, and everything when the portal starts. */
import type { Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { inPool } from '#model/in-pool.ts';
import type { FilesAtHand } from '#model/integration.ts';
import type { Catalog, ChangeNotice } from '../../catalog/index.ts';
import type { Log } from '../../kernel/log.ts';
import type { DocFeed } from '../feed.ts';
import type { Site } from '../site/site.ts';
import { isTouched, type Touched } from '../sites.ts';
import type { DocDb } from '../tables.ts';
import { type Candidate, candidates, candidatesAmong } from './candidates.ts';
import { indexApis } from './index-apis.ts';
import { type IndexSiteDeps, indexSite } from './index-site.ts';
import { dropSites, settleIndex } from './index-store.ts';

export interface IndexKeeperDeps extends IndexSiteDeps {
  db: Kysely<DocDb>;
  catalog: Pick<Catalog, 'feed'>;
  feed: DocFeed;
  sources: {
    /** Whether all have been read once, well or not. */
    current(): { ready: boolean };
    onTouched(listener: (notice: Touched) => void): () => void;
  };
  /** Told of each site that was read. */
  onIndexed: (site: Site) => Promise<void>;
  /** Told when sites are no more. */
  onGone: () => void;
  log: Log;
}

/** Files are often saved one after another. */
const GATHER_MS = 400;
/** A first reading is waited for: before it, most of what is to be read is not known. */
const UNREADY_MS = 1000;
const RETRY_MS = 10_000;
/** More changes at once are as good as all. */
const MOST_NAMED = 200;
/** One is rendered while another is looked up in git and a third is written. */
const SITES_AT_ONCE = 3;

export class IndexKeeper {
  readonly #deps: IndexKeeperDeps;
  /** Where the sites lie that were indexed. */
  readonly #places = new Map<string, FilesAtHand>();
  #byFolder = new Map<string, string>();
  #refs = new Set<string>();
  #all = false;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #stops: (() => void)[] = [];
  #closed = false;
  #busy = false;

  constructor(deps: IndexKeeperDeps) {
    this.#deps = deps;
  }

  /** Whether there is something that search does not find yet. */
  get indexing(): boolean {
    return this.#busy || this.#all;
  }

  start(): void {
    const { catalog, sources } = this.#deps;
    this.#stops = [
      catalog.feed.onChange((notice) => this.#heed(notice)),
      sources.onTouched((notice) => void this.#onFiles(notice)),
    ];
    this.#all = true;
    this.#schedule(GATHER_MS);
  }

  async stop(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    clearTimeout(this.#timer);
    await this.#working;
  }

  /** Resolves when the index is true. */
  async settled(): Promise<void> {
    while (!this.#closed && (this.#timer || this.#all || this.#refs.size > 0)) {
      clearTimeout(this.#timer);
      this.#begin();
      await this.#working;
    }
    await this.#working;
  }

  #heed({ refs }: ChangeNotice): void {
    this.#deps.sites.forget(refs);
    if (refs.length === 0 || refs.length + this.#refs.size > MOST_NAMED) this.#all = true;
    else for (const ref of refs) this.#refs.add(ref);
    this.#schedule(GATHER_MS);
  }

  /** Open pages are told at once; they need no index. */
  async #onFiles(notice: Touched): Promise<void> {
    const { sites, feed } = this.#deps;
    const indexed = [...this.#places].filter(([, place]) => isTouched(place, notice)).map(([ref]) => ref);
    sites.forget(indexed);
    const refs = [...new Set([...(await sites.touch(notice)), ...indexed])];
    feed.publish(refs);
    for (const ref of refs) this.#refs.add(ref);
    // A first page makes a site of what had none.
    if (refs.length === 0 && notice.paths.some((path) => /\.md$/.test(path))) this.#all = true;
    if (this.#all || refs.length > 0) this.#schedule(GATHER_MS);
  }

  #schedule(ms: number): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => this.#begin(), ms);
  }

  #begin(): void {
    this.#timer = undefined;
    if (!this.#deps.sources.current().ready) this.#schedule(UNREADY_MS);
    else this.#working = this.#working.then(() => this.#round());
  }

  async #round(): Promise<void> {
    if (this.#closed || (!this.#all && this.#refs.size === 0)) return;
    const [all, refs] = [this.#all, [...this.#refs]];
    this.#all = false;
    this.#busy = all;
    this.#refs = new Set();
    try {
      await this.#index(all ? undefined : refs);
    } catch (error) {
      this.#deps.log.warn({ error: String(error) }, 'documentation could not be indexed; trying again');
      if (all) this.#all = true;
      for (const ref of refs) this.#refs.add(ref);
      this.#schedule(RETRY_MS);
    } finally {
      this.#busy = false;
    }
  }

  async #index(named: readonly string[] | undefined): Promise<void> {
    const { db, feed } = this.#deps;
    const wanted = named ? await candidatesAmong(db, named, this.#byFolder) : await this.#candidates();
    const changed: string[] = [];
    const kept = new Set<string>();
    // A template copied a thousand times states a thousand times what lies nowhere; one look is enough.
    const empty = new Set<string>();
    await inPool(wanted, SITES_AT_ONCE, async ({ ref, address }) => {
      if (this.#closed) return;
      const found = empty.has(address) ? 'empty' : await this.#indexOne(ref);
      if (found === 'empty') empty.add(address);
      else if (found !== 'gone') kept.add(ref);
      if (found === 'changed') changed.push(ref);
    });
    if (this.#closed) return;
    const known = await db.selectFrom('doc_site').select('ref').execute();
    const gone = (named ?? known.map(({ ref }) => ref)).filter((ref) => !kept.has(ref));
    for (const ref of gone) this.#places.delete(ref);
    if (gone.length > 0) {
      await dropSites(db, gone);
      this.#deps.onGone();
    }
    await indexApis(db);
    // A page or two don't change what PostgreSQL should know of the table.
    if (!named && changed.length > 0) await settleIndex(db);
    feed.publish(changed);
  }

  async #candidates(): Promise<Candidate[]> {
    const { found, byFolder } = await candidates(this.#deps.db);
    this.#byFolder = byFolder;
    return found;
  }

  async #indexOne(ref: string): Promise<'changed' | 'same' | 'empty' | 'gone'> {
    try {
      const { site, changed } = await indexSite(this.#deps, ref);
      this.#places.set(ref, site.place);
      await this.#deps.onIndexed(site);
      return changed ? 'changed' : 'same';
    } catch (error) {
      const code = error instanceof AtriumError ? error.code : undefined;
      if (code === 'DOCS_NOT_FOUND') return 'empty';
      if (code === 'ENTITY_NOT_FOUND') return 'gone';
      // One site that can't be read takes no other down, and stays as it was.
      this.#deps.log.warn({ ref, error: String(error) }, 'a documentation site could not be indexed');
      return 'same';
    }
  }
}
