/** Puts facts together: their store, the kinds that there are, and their API. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { FactDeclaration } from '#model/fact.ts';
import type { Integration } from '#model/integration.ts';
import { docFacts } from './docs/index.ts';
import { type FactDb, FactFeed, FactKinds, FactStore, REPORTED, registerFactApi } from './facts/index.ts';
import type { Store } from './kernel/store/store.ts';

/** What nobody can observe in files, and standards that come with Atrium ask for. */
const reported: readonly FactDeclaration[] = [
  {
    name: 'delivery',
    title: 'Delivery',
    description: 'How changes reach users, as the pipeline or a tool of deployments reports it.',
    schema: {
      type: 'object',
      properties: {
        deploymentsPerWeek: { type: 'number' },
        leadTimeHours: { type: 'number', description: 'From commit to use, the median' },
        changeFailureRate: { type: 'number', description: 'From 0 to 1' },
        restoreHours: { type: 'number', description: 'From failure to well again, the median' },
      },
    },
  },
];

export interface PortalFactsOptions {
  store: Store<never>;
  integrations: readonly Integration<never>[];
}

export async function openFacts({ store, integrations }: PortalFactsOptions) {
  const db = store.db as unknown as Kysely<FactDb>;
  const feed = new FactFeed();
  await feed.connect(store as never);
  const observed = new Map(integrations.map(({ id, facts = [] }) => [id, facts]));
  const own = new Map([...observed, [REPORTED, reported], ['docs', [docFacts]]]);
  const kinds = new FactKinds(db as never, own);
  const facts = new FactStore(db as never, feed);
  return {
    factFeed: feed,
    factKinds: kinds,
    facts,
    register: (app: FastifyInstance, now: () => Date) => registerFactApi(app, { db, facts, kinds, now }),
  };
}
