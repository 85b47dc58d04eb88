/** The scorecards that there are: those of the catalog, and the packs that come with Atrium. */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Problem } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { readScorecard } from '#model/read-scorecard.ts';
import type { Scorecard } from '#model/scorecard.ts';
import type { FactKinds } from '../facts/index.ts';
import { createTypedEnvironment } from './engine/environment.ts';
import { faultsOf } from './rule-faults.ts';
import type { ScorecardDb } from './tables.ts';

export interface StoredScorecard {
  ref: string;
  entity: Entity;
  /** Canonical ref. */
  owner: string | null;
  pack: boolean;
  /** Null when nothing can be judged by it. */
  scorecard: Scorecard | null;
  /** Is another when anything is that results depend on. */
  version: string;
  problems: Problem[];
}

export interface ScorecardStoreDeps {
  db: Kysely<ScorecardDb>;
  factKinds: Pick<FactKinds, 'all'>;
  /** By name; see packs/. */
  packs: readonly Entity[];
}

interface Row {
  ref: string;
  body: string;
  owner: string | null;
  etag: string;
}

export class ScorecardStore {
  readonly #deps: ScorecardStoreDeps;
  /** By ref: checking one takes longer than fetching it. */
  readonly #read = new Map<string, { mark: string; stored: StoredScorecard }>();

  constructor(deps: ScorecardStoreDeps) {
    this.#deps = deps;
  }

  /** By title. */
  async all(): Promise<StoredScorecard[]> {
    const { rows } = await sql<Row>`
      select ref, body::text as body, owner, etag from entity where kind = 'scorecard'`.execute(
      this.#deps.db,
    );
    const kinds = await this.#deps.factKinds.all();
    const environment = lazily(() => createTypedEnvironment(kinds));
    const kindsMark = hashOf(kinds.map(({ name, schema }) => [name, schema]));
    const own = rows.map((row) => this.#readOnce(row, kindsMark, environment));
    const taken = new Set(own.map(({ ref }) => ref));
    const packs = this.#deps.packs
      .map((entity) => this.#readOnce(packRow(entity), kindsMark, environment))
      .filter(({ ref }) => !taken.has(ref))
      .map((stored) => ({ ...stored, pack: true }));
    return [...own, ...packs].sort((a, b) => titleOf(a).localeCompare(titleOf(b), 'en'));
  }

  /** @throws {AtriumError} ENTITY_NOT_FOUND */
  async one(ref: string): Promise<StoredScorecard> {
    const found = (await this.all()).find((stored) => stored.ref === ref);
    if (!found) throw new AtriumError('ENTITY_NOT_FOUND', `There is no scorecard ${ref}`);
    return found;
  }

  #readOnce(
    { ref, body, owner, etag }: Row,
    kindsMark: string,
    environment: () => ReturnType<typeof createTypedEnvironment>,
  ): StoredScorecard {
    const mark = `${etag} ${kindsMark} ${owner}`;
    const known = this.#read.get(ref);
    if (known?.mark === mark) return known.stored;
    const entity: Entity = JSON.parse(body);
    const stored = { ...checkScorecard(entity, environment()), ref, owner, pack: false };
    this.#read.set(ref, { mark, stored });
    return stored;
  }
}

/** Reads a scorecard and checks every rule of it. */
export function checkScorecard(
  entity: Entity,
  environment: ReturnType<typeof createTypedEnvironment>,
): Pick<StoredScorecard, 'entity' | 'scorecard' | 'version' | 'problems'> {
  const { scorecard, problems } = readScorecard(entity);
  const faults = scorecard ? faultsOf(scorecard, environment) : [];
  const version = hashOf(entity.spec);
  return {
    entity,
    scorecard: faults.length > 0 ? null : scorecard,
    version,
    problems: [...problems, ...faults],
  };
}

function packRow(entity: Entity): Row {
  const ref = `scorecard:${entity.metadata.namespace}/${entity.metadata.name}`;
  return { ref, body: JSON.stringify(entity), owner: null, etag: hashOf(entity) };
}

function hashOf(value: unknown): string {
  return createHash('sha1')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 16);
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function titleOf({ entity }: StoredScorecard): string {
  return entity.metadata.title ?? entity.metadata.name;
}
