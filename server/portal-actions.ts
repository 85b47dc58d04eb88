/** Puts self-service actions together: templates, step actions, runs, and their API. */
import { join, sep } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Entity } from '#model/entity.ts';
import type { SourceGuard } from '#model/integration.ts';
import type { KindRegistry } from '#model/kinds.ts';
import type { Template } from '#model/template.ts';
import type { Policy } from './access/index.ts';
import {
  type CheckOutRequest,
  childRuns,
  createFetchTree,
  createRenderer,
  hasTool,
  noGuards,
  RunNews,
  RunQueue,
  Runs,
  type RunTables,
  readSeal,
  registerActionsApi,
  runAction,
  type StepAction,
  TemplateStore,
  Templates,
  takesIn,
  workspaceActions,
} from './actions/index.ts';
import { type CatalogTables, createEntityReader, type ResponseCache } from './catalog/index.ts';
import type { ActionsConfig } from './kernel/actions-config.ts';
import type { Fetch } from './kernel/fetch.ts';
import type { Log } from './kernel/log.ts';
import type { Store } from './kernel/store/store.ts';
import { partiesOf } from './ownership/index.ts';
import type { SourceManager } from './sources/index.ts';

export interface PortalActionsDeps {
  db: Kysely<CatalogTables>;
  store: Store<RunTables>;
  cache: ResponseCache;
  kinds: KindRegistry;
  manager: SourceManager;
  policy: Policy;
  config: ActionsConfig;
  dataDir: string;
  fetch: Fetch;
  guard: SourceGuard;
  /** How a source integration checks a repository out. */
  checkOut: (request: CheckOutRequest, guard: SourceGuard) => Promise<string>;
  log: Log;
  now: () => Date;
}

export async function portalActions(app: FastifyInstance, deps: PortalActionsDeps) {
  const { db, store, cache, kinds, policy, config, dataDir, log, now } = deps;
  const workDir = join(dataDir, 'work');
  const planSources = join(workDir, 'plan-sources');
  const renderer = createRenderer();
  const reader = createEntityReader(db, cache);
  const readEntities = async (refs: readonly string[]) =>
    (await reader.read(refs)).map((json): Entity | null => (json ? JSON.parse(json.toString()) : null));
  const fetchTree = createFetchTree({ ...treeAccess(deps, planSources), workDir });
  const actions = new Map<string, StepAction>();
  const add = (action: StepAction) => actions.set(action.id, action);
  for (const action of workspaceActions({ renderer, fetchTree, readEntities })) add(action);

  const templateStore = new TemplateStore(db);
  const parties = async (refs: readonly string[]) => {
    const partyOf = await partiesOf(db, refs);
    return new Map(refs.map((ref) => [ref, partyOf(ref)]));
  };
  const templates: Templates = new Templates({
    store: templateStore,
    actions,
    trusted: config.trusted,
    hasTool,
    parties,
    countRuns: () => runs.reader.counts(),
  });
  const news = new RunNews();
  await news.connect(store);
  const runsDeps = {
    db: store.db,
    store,
    queue: new RunQueue({ store, log }),
    news,
    seal: readSeal(dataDir, config.secretKey),
    guards: noGuards,
    actions,
    renderer,
    workDir,
    concurrency: config.concurrency,
    random: Math.random,
    startable: (ref: string) => templates.startable(ref),
    actsOn: (template: Template, entity: string) => actsOn(templateStore, template, entity),
    readEntities,
    parties,
    log,
    now,
  };
  const runs = new Runs(runsDeps);
  add(
    runAction(
      childRuns(
        () => runsDeps,
        () => runs,
      ),
    ),
  );
  const verdict = policy.verdict.bind(policy);
  registerActionsApi(app, { db, kinds, renderer, actions, templates, runs, news, planSources, verdict });
  return runs;
}

async function actsOn(store: TemplateStore, template: Template, entity: string): Promise<boolean> {
  const found = await store.termsOf(entity);
  return found !== undefined && takesIn(template.guardRails.for ?? '', found.terms);
}

/** What templates may read: what sources have read, what is public, and what was sent along with them. */
function treeAccess({ manager, guard, fetch, checkOut }: PortalActionsDeps, planSources: string) {
  return {
    find: (address: string) => manager.find(address),
    mayRead: (path: string) => (path.startsWith(planSources + sep) ? path : guard.path(path)),
    checkOut: (request: CheckOutRequest) => checkOut(request, guard),
    fetch,
  };
}
