/** Facts in the API: what is known of an entity, which kinds there are, and a way to report more. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { formatRef } from '#model/ref.ts';
import { readRef } from '../kernel/read-ref.ts';
import * as contract from './contract.ts';
import type { FactKinds } from './kinds.ts';
import type { CurrentFact, FactStore } from './store.ts';
import type { FactDb, StoredFact } from './tables.ts';

export interface FactApiDeps {
  db: Kysely<FactDb>;
  facts: FactStore;
  kinds: FactKinds;
  now: () => Date;
}

const tags = ['facts'];

export function registerFactApi(app: FastifyInstance, deps: FactApiDeps): void {
  app.get(
    '/api/facts/kinds',
    {
      config: { permission: 'fact.read' },
      schema: { tags, summary: 'Kinds of facts that there are', response: { 200: contract.factKindsSchema } },
    },
    async () => ({ items: await deps.kinds.all() }),
  );
  app.get<{ Params: z.infer<typeof contract.factParamsSchema> }>(
    '/api/facts/entities/:kind/:namespace/:name',
    {
      config: { permission: 'fact.read' },
      schema: {
        tags,
        summary: 'What is known of an entity, the latest of each kind',
        params: contract.factParamsSchema,
        response: { 200: contract.factsSchema },
      },
    },
    async ({ params }) => ({ items: await factsOf(deps, formatRef(params)) }),
  );
  registerReport(app, deps);
}

function registerReport(app: FastifyInstance, deps: FactApiDeps): void {
  app.post<{ Body: contract.PostFactsBody }>(
    '/api/facts',
    {
      config: { permission: 'fact.write' },
      bodyLimit: 4 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Reports facts about entities, all or none of them; with the schema of those that are new',
        body: contract.postFactsBodySchema,
        response: { 200: contract.postedFactsSchema },
      },
    },
    async (request) => {
      const { kinds, facts } = request.body;
      const by = request.principal.id;
      await deps.kinds.declare(
        kinds.map((kind) => ({ ...kind, by })),
        deps.now(),
      );
      if (kinds.length > 0) await deps.facts.announceKinds();
      await deps.facts.report(`report:${by}`, await checkedFacts(deps, facts));
      request.auditDetail = { after: { kinds: kinds.length, facts: facts.length } };
      return { kinds: kinds.length, facts: facts.length };
    },
  );
}

/** @throws {AtriumError} INPUT_INVALID, ENTITY_NOT_FOUND for the first that is wrong. */
async function checkedFacts(
  { db, kinds, now }: FactApiDeps,
  facts: contract.PostFactsBody['facts'],
): Promise<Map<string, Record<string, StoredFact>>> {
  const known = new Map((await kinds.all()).map((kind) => [kind.name, kind]));
  const sets = new Map<string, Record<string, StoredFact>>();
  for (const [index, { entity, name, value, at, ttlSeconds }] of facts.entries()) {
    const where = `facts.${index}`;
    const ref = readRef(entity, { field: `${where}.entity` });
    kinds.check(known, name, value, where);
    const observed = at === undefined ? now() : new Date(at);
    const expiry = ttlSeconds && {
      expiresAt: new Date(observed.getTime() + ttlSeconds * 1000).toISOString(),
    };
    const set = sets.get(ref) ?? {};
    set[name] = { value, at: observed.toISOString(), ...expiry };
    sets.set(ref, set);
  }
  await refuseUnknown(db, [...sets.keys()]);
  return sets;
}

async function refuseUnknown(db: Kysely<FactDb>, refs: readonly string[]): Promise<void> {
  if (refs.length === 0) return;
  const found = await db
    .selectFrom('entity')
    .select('ref')
    .where('ref', 'in', [...refs])
    .execute();
  const known = new Set(found.map(({ ref }) => ref));
  const missing = refs.find((ref) => !known.has(ref));
  if (missing) throw new AtriumError('ENTITY_NOT_FOUND', `There is no ${missing} in the catalog`);
}

async function factsOf({ facts, kinds, now }: FactApiDeps, ref: string): Promise<contract.Fact[]> {
  const titles = new Map((await kinds.all()).map(({ name, title }) => [name, title]));
  return (await facts.of(ref)).map((fact) => answer(fact, titles.get(fact.name) ?? fact.name, now()));
}

function answer(
  { name, value, at, expiresAt, place, source, stale }: CurrentFact,
  title: string,
  now: Date,
): contract.Fact {
  return {
    ...{ name, title, value, at, source },
    expiresAt: expiresAt ?? null,
    stale: stale || (expiresAt !== undefined && expiresAt <= now.toISOString()),
    path: place?.path ?? null,
    line: place?.line ?? null,
    location: place?.location ?? null,
  };
}
