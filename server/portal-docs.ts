/** Puts documentation together: sites, what renders and indexes them, and their API. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { FileTools } from '#model/file-tools.ts';
import type { Catalog } from './catalog/index.ts';
import {
  type DocDb,
  type DocFeed,
  Histories,
  IndexKeeper,
  RenderedPages,
  Renderer,
  registerDocsApi,
  Sites,
  Views,
} from './docs/index.ts';
import type { Log } from './kernel/log.ts';
import type { SourceManager } from './sources/index.ts';

export interface PortalDocsDeps {
  db: Kysely<DocDb>;
  catalog: Catalog;
  manager: SourceManager;
  fileTools: FileTools;
  docFeed: DocFeed;
  /** Of the portal, as browsers name it. */
  origin: () => string;
  log: Log;
  now: () => Date;
}

/** @returns how to start and stop what works in the background. */
export function portalDocs(app: FastifyInstance, deps: PortalDocsDeps) {
  const { db, catalog, manager, fileTools: files, docFeed: feed, log, now } = deps;
  const sites = new Sites({ db, files, find: (address) => manager.find(address) });
  const renderer = new Renderer();
  const rendered = new RenderedPages({ files, renderer });
  const histories = new Histories(files);
  const views = new Views(db, now);
  const keeper = new IndexKeeper({
    ...{ db, sites, rendered, histories, now, catalog, feed, log },
    sources: manager,
    onIndexed: async () => {},
  });
  registerDocsApi(app, {
    ...{ db, sites, rendered, histories, files, views, origin: deps.origin },
    indexing: () => keeper.indexing,
    remarks: async () => ({ problems: [], useful: { yes: 0, no: 0, mine: null } }),
  });
  return {
    start: () => keeper.start(),
    async stop(): Promise<void> {
      await keeper.stop();
      await views.write();
      await renderer.close();
    },
  };
}
