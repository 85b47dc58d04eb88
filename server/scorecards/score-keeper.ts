/** Keeps scores true: judges again what changed, and all of it where a standard or the time did. */
import { type Kysely, sql } from 'kysely';
import type { Catalog, ChangeNotice } from '../catalog/index.ts';
import type { FactFeed } from '../facts/index.ts';
import type { Log } from '../kernel/log.ts';
import type { OwnershipDb } from '../ownership/index.ts';
import { type EvaluatorDeps, evaluate, type Usable, usable } from './evaluator.ts';
import { keepLevelChanges, type LevelChange, levelChanges } from './level-changes.ts';
import { followDebt } from './rule-debt.ts';
import type { ScoreFeed } from './score-feed.ts';
import { endForgotten } from './score-writer.ts';
import type { ScorecardStore } from './scorecard-store.ts';
import type { ScorecardDb } from './tables.ts';
import { readsOfRules } from './wants.ts';

export interface ScoreKeeperDeps extends EvaluatorDeps {
  scorecards: ScorecardStore;
  catalog: Pick<Catalog, 'feed'>;
  factFeed: FactFeed;
  feed: ScoreFeed;
  /** Told of promotions and demotions, once they are kept. */
  onLevels: (changes: readonly LevelChange[]) => void;
  /** Told of which entities the register of debt has something else. */
  onDebt: (entities: readonly string[]) => void;
  /** Whether there are sources that have not been read once. */
  reading: () => boolean;
  log: Log;
}

/** Changes come in heaps. */
const GATHER_MS = 100;
/** A first reading is waited for, since it takes all the time that there is; but not for ever. */
const READING_MS = 500;
const MOST_WAITS = 20;
/** What is due to nothing but time: ages, dates, the end of grace and of exemptions. */
const HOUR_MS = 3600 * 1000;
/** A failure of the store is waited out. */
const RETRY_MS = 5000;
const MOST_NAMED = 5000;

export class ScoreKeeper {
  readonly #deps: ScoreKeeperDeps;
  #refs = new Set<string>();
  #all = false;
  #timer: NodeJS.Timeout | undefined;
  #hourly: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #stops: (() => void)[] = [];
  #closed = false;
  #waits = 0;

  constructor(deps: ScoreKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { catalog, factFeed } = this.#deps;
    this.#stops = [
      catalog.feed.onChange((notice) => this.#heed(notice)),
      factFeed.onChange((refs) => this.touch(refs.length === 0 ? 'all' : refs)),
    ];
    this.#hourly = setInterval(() => this.touch('all'), HOUR_MS);
    this.#hourly.unref();
    this.touch('all');
  }

  async stop(): Promise<void> {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    clearTimeout(this.#timer);
    clearInterval(this.#hourly);
    await this.#working;
    await this.#deps.engine.close();
  }

  /** Judges these again, soon. */
  touch(refs: readonly string[] | 'all'): void {
    if (this.#closed) return;
    if (refs === 'all') this.#all = true;
    else for (const ref of refs) this.#refs.add(ref);
    if (this.#refs.size > MOST_NAMED) this.#all = true;
    this.#schedule(GATHER_MS);
  }

  /** Resolves when nothing is left to be judged. */
  async settled(): Promise<void> {
    while (this.#timer || this.#all || this.#refs.size > 0) {
      clearTimeout(this.#timer);
      this.#begin();
      await this.#working;
    }
    await this.#working;
  }

  #heed({ refs, related }: ChangeNotice): void {
    const named = [...refs, ...related];
    const isAll = refs.length === 0 || named.some((ref) => ref.startsWith('scorecard:'));
    this.touch(isAll ? 'all' : named);
  }

  #schedule(ms: number): void {
    if (this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => this.#begin(), ms);
  }

  #begin(): void {
    this.#timer = undefined;
    if (this.#deps.reading() && this.#waits++ < MOST_WAITS) {
      this.#schedule(READING_MS);
      return;
    }
    this.#waits = 0;
    this.#working = this.#working.then(() => this.#round());
  }

  async #round(): Promise<void> {
    if (this.#closed || (!this.#all && this.#refs.size === 0)) return;
    const [all, refs] = [this.#all, [...this.#refs]];
    this.#all = false;
    this.#refs = new Set();
    try {
      await this.#judge(all ? undefined : refs);
    } catch (error) {
      this.#deps.log.warn({ error: String(error) }, 'scorecards could not be judged; trying again');
      if (all) this.#all = true;
      for (const ref of refs) this.#refs.add(ref);
      this.#schedule(RETRY_MS);
    }
  }

  async #judge(refs: string[] | undefined): Promise<void> {
    const { db, scorecards, now, feed, onLevels } = this.#deps;
    const stored = await scorecards.all();
    const cards = usable(stored);
    await keepVersions(db, cards, now());
    const wanted = refs && (await withDependents(db, cards, refs));
    const changed = await evaluate(this.#deps, cards, wanted);
    if (!refs) {
      const known = stored.map(({ ref }) => ref);
      await endForgotten(db, known, now());
    }
    const changedRefs = changed.map(({ ref }) => ref);
    const owing = await followDebt(
      db as unknown as Kysely<ScorecardDb & OwnershipDb>,
      cards,
      refs && changedRefs,
      now(),
    );
    if (owing.length > 0) this.#deps.onDebt(owing);
    const levels = levelChanges(changed, cards);
    await keepLevelChanges(db, levels, now());
    feed.publish(changedRefs);
    if (levels.length > 0) onLevels(levels);
  }
}

/** Those that are judged by what changed: what these own, what is part of these, what depends on these. */
async function withDependents(
  db: Kysely<ScorecardDb>,
  cards: readonly Usable[],
  refs: string[],
): Promise<string[]> {
  const reads = cards.map(({ scorecard }) => readsOfRules(scorecard));
  const asks = (what: 'owner' | 'system' | 'dependencies') => reads.some((one) => one[what]);
  const parts = [
    ...(asks('owner') ? [sql`select ref from entity where owner = any(${refs}::text[])`] : []),
    ...(asks('system') ? [sql`select ref from entity where system = any(${refs}::text[])`] : []),
    ...(asks('dependencies')
      ? [sql`select from_ref as ref from relation where to_ref = any(${refs}::text[]) and type = 'dependsOn'`]
      : []),
  ];
  if (parts.length === 0) return refs;
  const { rows } = await sql<{ ref: string }>`${sql.join(parts, sql` union `)}`.execute(db);
  return [...new Set([...refs, ...rows.map(({ ref }) => ref)])];
}

/** History is read with the rules that there were. */
async function keepVersions(db: Kysely<ScorecardDb>, cards: readonly Usable[], at: Date): Promise<void> {
  for (const { ref, version, scorecard } of cards) {
    const rules = scorecard.rules.map(({ id, title, level }) => ({ id, title, level }));
    const spec = JSON.stringify({ levels: scorecard.levels, rules });
    await sql`insert into scorecard_version (scorecard, version, spec, at)
      values (${ref}, ${version}, ${spec}::json, ${at}) on conflict do nothing`.execute(db);
  }
}
