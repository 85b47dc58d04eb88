/** Standards over a real store and thread, as the portal puts them together. */
import type { FastifyInstance } from 'fastify';
import type { Entity } from '#model/entity.ts';
import { FactKinds, REPORTED } from '#server/facts/index.ts';
import type { Principal } from '#server/kernel/gate.ts';
import { createLog } from '#server/kernel/log.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { testApp } from '#tools/test-app.ts';
import { entity, reading, type TestTables, testCatalog } from '#tools/test-store.ts';
import { RuleEngine } from './engine/engine.ts';
import type { LevelChange } from './level-changes.ts';
import { registerScorecardsApi } from './routes.ts';
import { ScoreFeed } from './score-feed.ts';
import { ScoreKeeper } from './score-keeper.ts';
import { ScorecardStore } from './scorecard-store.ts';
import type { DescriptorFile } from './source-text.ts';

const readme = {
  name: 'readme',
  title: 'README',
  description: '',
  schema: { type: 'object', properties: { present: { type: 'boolean' }, words: { type: 'integer' } } },
};

export const rule = (id: string, level: string, check: string, more: object = {}) => ({
  id,
  title: id,
  level,
  check,
  ...more,
});

export function scorecard(name: string, rules: object[], more: Record<string, unknown> = {}): Entity {
  return {
    ...entity(`Scorecard:${name}`, { owner: 'platform', levels: ['bronze', 'silver'], rules, ...more }),
    apiVersion: 'atrium.dev/v1alpha1',
  };
}

export type StandardsWorld = Awaited<ReturnType<typeof openStandards>>;

export async function openStandards(store: Store<TestTables>, { packs = [] as Entity[] } = {}) {
  const world = testCatalog(store);
  const { db, catalog, facts, factFeed, kinds, now } = world;
  const factKinds = new FactKinds(db, new Map([[REPORTED, [readme]]]));
  const engine = new RuleEngine();
  const feed = new ScoreFeed();
  const told: LevelChange[] = [];
  const owing: string[] = [];
  const evaluator = { db, engine, factKinds, filesOf: () => null, now };
  const scorecards = new ScorecardStore({ db, factKinds, packs });
  const keeper = new ScoreKeeper({
    ...evaluator,
    ...{ scorecards, catalog, factFeed, feed, reading: () => false, log: createLog('silent') },
    onLevels: (changes) => void told.push(...changes),
    onDebt: (refs) => void owing.push(...refs),
  });
  let principal: Principal | undefined;
  let file: DescriptorFile | undefined;
  const maintainers = new Set(['user:default/olga', 'anonymous', 'local']);
  const app: FastifyInstance = await testApp((server) => {
    server.addHook('preHandler', async (request) => {
      if (principal) request.principal = principal;
    });
    registerScorecardsApi(server, {
      ...evaluator,
      descriptorOf: async () => file,
      ...{ scorecards, facts, kinds, leaderboard: true, issuesMissing: null, digestsMissing: null },
      verdict: () => 'always',
      templateTitles: async (refs) => new Map(refs.map((ref) => [ref, `Title of ${ref}`])),
      maintains: ({ id }) => maintainers.has(id),
      registerChanged: (refs) => void owing.push(...refs),
      touch: (refs) => keeper.touch(refs),
    });
  });
  /** What is known of an entity from now on. */
  const report = (ref: string, value: object) =>
    facts.report('test', new Map([[ref, { readme: { value, at: now().toISOString() } }]]));
  return {
    ...world,
    ...{ store, keeper, app, told, owing, feed, report, scorecards, factKinds },
    /** The answer to a request, as somebody. */
    async ask(
      url: string,
      { as, ...options }: { as?: Principal; method?: 'POST' | 'DELETE'; payload?: object } = {},
    ) {
      principal = as;
      const answer = await app.inject({ url, ...options });
      if (answer.statusCode >= 400) throw new Error(`${answer.statusCode}: ${answer.body}`);
      return answer.json();
    },
    /** The file that declares scorecards. */
    writeFile(text: string) {
      file = { path: 'scorecards.yaml', text };
    },
    /** Declares entities in one file, in place of what it said before. */
    declare: (file: string, entities: Entity[]) => world.read('first', reading(file, entities)),
    async close() {
      await keeper.stop();
      await app.close();
    },
  };
}

export function person(name: string, groups: string[] = []): Principal {
  const ref = `user:default/${name}`;
  return {
    id: ref,
    kind: 'person',
    ref,
    name,
    groups: groups.map((group) => `group:default/${group}`),
    roles: ['contributor'],
  };
}

export const service = { type: 'service', lifecycle: 'production' };
export const rules = [
  rule('readme', 'bronze', 'facts.readme.present', { weight: 3, effort: 'small', why: 'People read it' }),
  rule('long', 'silver', 'facts.readme.words > 50', {
    remedy: { template: 'template:default/fix', values: { entity: '{entity}' } },
  }),
];

/** Two services in the scope of a scorecard; what is known of the first passes its first rule. */
export async function beginReady(world: StandardsWorld, more: Record<string, unknown> = {}): Promise<void> {
  await world.declare('teams.yaml', [
    entity('Group:core', { type: 'team', children: [] }),
    entity('Group:platform', { type: 'team', children: [] }),
  ]);
  await world.declare('cards.yaml', [scorecard('ready', rules, more)]);
  await world.declare('services.yaml', [
    entity('Component:a', { ...service, owner: 'core' }),
    entity('Component:b', service),
    entity('Resource:r', { type: 'database', owner: 'core' }),
  ]);
  await world.report('component:default/a', { present: true, words: 10 });
  world.keeper.start();
  await world.keeper.settled();
}
