/** Keeps what is known to be wrong with documentation true: looks again at what changed, and every day at all. */
import { AtriumError } from '#model/errors.ts';
import type { FactStore } from '../../facts/index.ts';
import type { Log } from '../../kernel/log.ts';
import type { DocFeed } from '../feed.ts';
import { openReports } from '../feedback/reports.ts';
import { usefulOfSite } from '../feedback/useful.ts';
import type { Sites } from '../sites.ts';
import { docFactOf, docFacts } from './doc-facts.ts';
import { tidy } from './found.ts';
import { allAsked, deadLinks, forgetLinks, linksOf, rememberLinks } from './links/link-store.ts';
import { type LookDeps, lookAtSite } from './look-at-site.ts';
import { dropOrphans, writeProblems } from './problem-store.ts';

export interface RotKeeperDeps extends LookDeps {
  sites: Sites;
  facts: FactStore;
  feed: DocFeed;
  /** Whether pages are being indexed: what people search comes first. */
  isBusy: () => boolean;
  /** Hosts whose links are not asked, as the portal's own. */
  ownHosts: () => ReadonlySet<string>;
  /** Called when all that was to be looked at has been. */
  onSettled?: () => void;
  log: Log;
}

/** In facts, in place of the name of a source. */
const SOURCE = 'docs';
/** Pages are often saved one after another. */
const GATHER_MS = 2000;
const BUSY_MS = 1000;
const HOUR_MS = 3_600_000;

export class RotKeeper {
  readonly #deps: RotKeeperDeps;
  readonly #refs = new Set<string>();
  /** Links of each site, to tell which sites name one. */
  readonly #links = new Map<string, ReadonlySet<string>>();
  #day = '';
  #timer: NodeJS.Timeout | undefined;
  #hourly: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(deps: RotKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#day = this.#today();
    this.#hourly = setInterval(() => void this.#daily(), HOUR_MS);
    this.#hourly.unref();
  }

  async stop(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#hourly);
    await this.#working;
  }

  /** These sites may be others than before, or gone when there are none. */
  heed(refs: readonly string[]): void {
    for (const ref of refs) this.#refs.add(ref);
    this.#schedule(GATHER_MS);
  }

  /** Links are dead now, or no longer, or were asked for the first time. */
  heedLinks(urls: readonly string[]): void {
    const sites = [...this.#links].filter(([, own]) => urls.some((url) => own.has(url)));
    this.heed(sites.map(([ref]) => ref));
  }

  /** Resolves when everything has been looked at. */
  async settled(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#begin();
    await this.#working;
  }

  #today(): string {
    return this.#deps.now().toISOString().slice(0, 10);
  }

  /** A page grows old without any change. */
  async #daily(): Promise<void> {
    if (this.#today() === this.#day) return;
    this.#day = this.#today();
    try {
      const sites = await this.#deps.db.selectFrom('doc_site').select('ref').execute();
      if (sites.every(({ ref }) => this.#links.has(ref))) {
        const named = new Set([...this.#links.values()].flatMap((urls) => [...urls]));
        await forgetLinks(this.#deps.db, (url) => named.has(url));
      }
      this.heed(sites.map(({ ref }) => ref));
    } catch (error) {
      this.#deps.log.warn({ error: String(error) }, 'documentation could not be looked at today');
    }
  }

  #schedule(ms: number): void {
    if (!this.#closed) this.#timer ??= setTimeout(() => this.#begin(), ms).unref();
  }

  #begin(): void {
    this.#timer = undefined;
    if (this.#deps.isBusy()) this.#schedule(BUSY_MS);
    else this.#working = this.#working.then(() => this.#round());
  }

  async #round(): Promise<void> {
    const refs = [...this.#refs];
    this.#refs.clear();
    this.#deps.repositories.forget();
    try {
      await this.#sweep();
      for (const ref of refs) if (!this.#closed) await this.#lookAt(ref);
    } catch (error) {
      this.#deps.log.warn({ error: String(error) }, 'problems of documentation could not be written');
    }
    this.#deps.repositories.forget();
    if (!this.#closed && refs.length > 0) this.#deps.onSettled?.();
  }

  /** Takes away what is known of sites that are no more. */
  async #sweep(): Promise<void> {
    const { db, facts, feed } = this.#deps;
    await dropOrphans(db);
    const sites = await db.selectFrom('doc_site').select('ref').execute();
    const known = new Set(sites.map(({ ref }) => ref));
    const gone = (await facts.partsOf(SOURCE)).filter((ref) => !known.has(ref));
    for (const ref of gone) this.#links.delete(ref);
    if (gone.length > 0) facts.publish(await facts.dropParts(db, SOURCE, gone));
    feed.publish(gone);
  }

  async #lookAt(ref: string): Promise<void> {
    try {
      await this.#look(ref);
    } catch (error) {
      if (error instanceof AtriumError && ['DOCS_NOT_FOUND', 'ENTITY_NOT_FOUND'].includes(error.code)) return;
      // One repository that can't be read takes no other down, and what was known of it stays.
      const reason = error instanceof Error ? error.message : String(error);
      this.#deps.log.warn({ ref, error: reason }, 'the documentation of an entity could not be looked at');
    }
  }

  async #look(ref: string): Promise<void> {
    const { db, sites, facts, feed, now, ownHosts } = this.#deps;
    const site = await sites.open(ref);
    if (site.ref !== ref) return;
    const { pages, found } = await lookAtSite(this.#deps, site);
    // Of several entities in one folder, one has its documentation; of the others nothing is known but reports.
    if (pages.length === 0) return;
    const urls = linksOf(pages, ownHosts());
    this.#links.set(ref, new Set(urls));
    await rememberLinks(db, urls, now());
    const shown = new Set(pages.map(({ page }) => page));
    const reported = (await openReports(db, ref)).filter(({ page }) => shown.has(page));
    const problems = tidy([...found, ...(await deadLinks(db, pages, ownHosts())), ...reported]);
    const value = docFactOf({
      ...{ pages: pages.length, problems },
      ...{ useful: await usefulOfSite(db, ref), allAsked: await allAsked(db, urls) },
    });
    const { changed, notice } = await db.transaction().execute(async (tx) => ({
      changed: await writeProblems(tx, ref, problems, now()),
      notice: await facts.put(
        tx,
        SOURCE,
        [{ part: ref, facts: [{ ref, name: docFacts.name, value }] }],
        now(),
      ),
    }));
    facts.publish(notice);
    if (changed) feed.publish([ref]);
  }
}
