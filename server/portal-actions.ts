/** Puts self-service actions together: templates, step actions, runs, guard rails, and their API. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { KindRegistry } from '#model/kinds.ts';
import type { Template } from '#model/template.ts';
import type { Policy } from './access/index.ts';
import {
  childRuns,
  createRenderer,
  type GuardedTables,
  hasTool,
  type LevelOf,
  RunNews,
  RunQueue,
  Runs,
  type RunTables,
  readSeal,
  registerActionsApi,
  runAction,
  TemplateStore,
  Templates,
  takesIn,
} from './actions/index.ts';
import type { Store } from './kernel/store/store.ts';
import type { Mailer, Notifier } from './notices/index.ts';
import { partiesOf } from './ownership/index.ts';
import { portalGuardRails } from './portal-guard-rails.ts';
import { portalStepActions, type StepActionDeps } from './portal-step-actions.ts';

export interface PortalActionsDeps extends Omit<StepActionDeps, 'renderer'> {
  store: Store<RunTables>;
  levelOf: LevelOf;
  notifier: Notifier;
  mailer: Mailer;
  /** Address of the portal, for links; undefined where it is not set. */
  url: string | undefined;
  kinds: KindRegistry;
  policy: Policy;
}

/** @returns how to start and stop what works in the background. */
export async function portalActions(app: FastifyInstance, deps: PortalActionsDeps) {
  const { db, store, kinds, policy, config, dataDir, log, now } = deps;
  const renderer = createRenderer();
  const { list, local, workDir, planSources, readEntities } = await portalStepActions({ ...deps, renderer });
  const parties = async (refs: readonly string[]) => {
    const partyOf = await partiesOf(db, refs);
    return new Map(refs.map((ref) => [ref, partyOf(ref)]));
  };
  const queue = new RunQueue({ store, log });
  const guardedDb = store.db as unknown as Kysely<GuardedTables>;
  const { levelOf, notifier, mailer, url } = deps;
  const common = { queue, policy, parties, levelOf, notifier, mailer, url, log, now, runs: () => runs };
  const guardRails = portalGuardRails({ db: guardedDb, catalog: db, ...common });
  const actions = new Map([...list, ...guardRails.actions].map((action) => [action.id, action]));
  const templateStore = new TemplateStore(db);
  const countRuns = () => runs.reader.counts();
  const { trusted } = config;
  const templates: Templates = new Templates({
    store: templateStore,
    actions,
    trusted,
    hasTool,
    parties,
    countRuns,
  });
  const news = new RunNews();
  await news.connect(store);
  const runsDeps = {
    ...{ db: store.db, store, queue, news, actions, renderer, workDir, readEntities, parties, log, now },
    seal: readSeal(dataDir, config.secretKey),
    guards: guardRails.guards,
    concurrency: config.concurrency,
    random: Math.random,
    startable: (ref: string) => templates.startable(ref),
    actsOn: (template: Template, entity: string) => actsOn(templateStore, template, entity),
  };
  const runs: Runs = new Runs(runsDeps);
  const children = childRuns(
    () => runsDeps,
    () => runs,
  );
  actions.set('action:run', runAction(children));
  const verdict = policy.verdict.bind(policy);
  registerActionsApi(app, { db, kinds, renderer, actions, templates, runs, news, planSources, verdict });
  guardRails.register(app);
  return {
    async start(): Promise<void> {
      local.start();
      await runs.work();
      guardRails.keeper.start();
    },
    async stop(): Promise<void> {
      await guardRails.keeper.stop();
      await runs.close();
      await local.stop();
    },
  };
}

async function actsOn(store: TemplateStore, template: Template, entity: string): Promise<boolean> {
  const found = await store.termsOf(entity);
  return found !== undefined && takesIn(template.guardRails.for ?? '', found.terms);
}
