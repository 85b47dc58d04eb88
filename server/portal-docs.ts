/** Puts documentation together: sites, what renders and indexes them, what looks after them, and their API. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { FileTools } from '#model/file-tools.ts';
import type { Catalog } from './catalog/index.ts';
import {
  type DocDb,
  type DocFeed,
  FeedbackKeeper,
  Histories,
  IndexKeeper,
  LinkChecker,
  RenderedPages,
  Renderer,
  Repositories,
  RotKeeper,
  registerDocsApi,
  Sites,
  Views,
} from './docs/index.ts';
import type { FactStore } from './facts/index.ts';
import type { DocsConfig } from './kernel/docs-config.ts';
import type { Fetch } from './kernel/fetch.ts';
import type { Log } from './kernel/log.ts';
import type { Issues } from './notices/index.ts';
import type { SourceManager } from './sources/index.ts';

export interface PortalDocsDeps {
  db: Kysely<DocDb>;
  catalog: Catalog;
  manager: SourceManager;
  fileTools: FileTools;
  docFeed: DocFeed;
  facts: FactStore;
  issues: Issues;
  /** Guarded: it asks on behalf of documents. */
  fetch: Fetch;
  config: DocsConfig;
  /** Of the portal, as browsers name it. */
  origin: () => string;
  log: Log;
  now: () => Date;
}

/** @returns how to start and stop what works in the background. */
export function portalDocs(app: FastifyInstance, deps: PortalDocsDeps) {
  const { db, catalog, manager, fileTools: files, docFeed: feed, issues, origin, log, now } = deps;
  const sites = new Sites({ db, files, find: (address) => manager.find(address) });
  const renderer = new Renderer();
  const rendered = new RenderedPages({ files, renderer });
  const histories = new Histories(files);
  const views = new Views(db, now);
  const indexer = new IndexKeeper({
    ...{ db, sites, rendered, histories, now, catalog, feed, log },
    sources: manager,
    onIndexed: async ({ ref }) => care.heed([ref]),
    onGone: () => care.heed([]),
  });
  const indexing = () => indexer.indexing;
  const { care, feedback } = keepers(deps, { sites, rendered, isBusy: indexing });
  registerDocsApi(app, {
    ...{ db, sites, rendered, histories, files, views, indexing, issues, origin, now },
    onSaid: (ref) => care.heed([ref]),
    tell: (gap) => feed.publish([`gap:${gap}`]),
  });
  const checker = new LinkChecker({
    ...{ db, fetch: deps.fetch, origin, log, now },
    onTurned: (urls) => care.heedLinks(urls),
  });
  const inBackground = [indexer, care, feedback, ...(deps.config.checkLinks ? [checker] : [])];
  return {
    start(): void {
      for (const each of inBackground) each.start();
    },
    async stop(): Promise<void> {
      for (const each of inBackground) await each.stop();
      await views.write();
      await renderer.close();
    },
  };
}

interface Reading {
  sites: Sites;
  rendered: RenderedPages;
  isBusy: () => boolean;
}

/** What looks after pages, and after what readers say of them. */
function keepers(deps: PortalDocsDeps, reading: Reading) {
  const { db, fileTools: files, docFeed: feed, facts, issues, origin, log, now } = deps;
  const feedback = new FeedbackKeeper({
    ...{ db, issues, feed, log, now },
    onClosed: (refs) => care.heed(refs),
  });
  const care: RotKeeper = new RotKeeper({
    ...{ db, files, facts, feed, log, now, ...reading },
    repositories: new Repositories(files),
    ownHosts: () => new Set([new URL(origin()).host]),
    onSettled: () => feedback.heed(),
  });
  return { care, feedback };
}
