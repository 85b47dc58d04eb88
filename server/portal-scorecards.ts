/** Puts standards together: scorecards, what keeps scores true, campaigns, and their API. */
import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import type { Entity } from '#model/entity.ts';
import type { FileTools } from '#model/file-tools.ts';
import type { KindRegistry } from '#model/kinds.ts';
import type { Policy } from './access/index.ts';
import type { Catalog } from './catalog/index.ts';
import type { FactFeed, FactKinds, FactStore } from './facts/index.ts';
import type { Principal } from './kernel/gate.ts';
import type { Log } from './kernel/log.ts';
import type { StandardsConfig } from './kernel/standards-config.ts';
import type { Mailer, Notifier } from './notices/index.ts';
import { digestSender, pathOfEntity, tellCampaign } from './portal-campaigns.ts';
import {
  CampaignKeeper,
  type DescriptorFile,
  expire,
  type FilesRoot,
  type IssueTracker,
  type LevelChange,
  levelNow,
  loadPacks,
  RuleEngine,
  registerScorecardsApi,
  type ScorecardDb,
  ScorecardStore,
  type ScoreFeed,
  ScoreKeeper,
} from './scorecards/index.ts';
import type { SourceManager } from './sources/index.ts';

export interface PortalScorecardsDeps {
  db: Kysely<ScorecardDb>;
  catalog: Catalog;
  kinds: KindRegistry;
  manager: SourceManager;
  fileTools: Pick<FileTools, 'read'>;
  facts: FactStore;
  factKinds: FactKinds;
  factFeed: FactFeed;
  scoreFeed: ScoreFeed;
  policy: Policy;
  notifier: Notifier;
  issues: IssueTracker;
  mailer: Mailer;
  /** Address of the portal, for links in messages; undefined where it is not set. */
  url: string | undefined;
  config: StandardsConfig;
  log: Log;
  now: () => Date;
}

/** @returns how to start and stop what works in the background, and the scorecards for others. */
export function portalScorecards(app: FastifyInstance, deps: PortalScorecardsDeps) {
  const {
    db,
    catalog,
    kinds,
    facts,
    factKinds,
    factFeed,
    scoreFeed: feed,
    policy,
    notifier,
    issues,
    config,
    log,
    now,
  } = deps;
  const engine = new RuleEngine();
  const scorecards = new ScorecardStore({ db, factKinds, packs: loadPacks(config.packs) });
  const filesOf = (body: string) => filesAt(deps.manager, JSON.parse(body));
  const evaluator = { db, engine, factKinds, filesOf, now };
  const onLevels = (changes: readonly LevelChange[]) => void tellLevels(notifier, changes);
  const onDebt = (refs: readonly string[]) => catalog.feed.publish({ seq: 0, refs: [...refs], related: [] });
  const keeper = new ScoreKeeper({
    ...evaluator,
    scorecards,
    catalog,
    factFeed,
    feed,
    onLevels,
    onDebt,
    reading: () => !deps.manager.current().ready,
    log,
  });
  const digest = digestSender(deps.mailer, deps.url);
  const missing = { issuesMissing: issues.missing, digestsMissing: digest.missing };
  const campaigns = new CampaignKeeper({
    ...{ db, scorecards, now, log },
    remind: (reminder) => tellCampaign(notifier, reminder),
    ...{ issues, digest, ...missing },
  });
  const verdict = (principal: Principal, permission: Parameters<Policy['verdict']>[1]) =>
    policy.verdict(principal, permission);
  registerScorecardsApi(app, {
    ...evaluator,
    ...{ scorecards, facts, kinds, verdict, ...missing },
    leaderboard: config.leaderboard,
    descriptorOf: (entity) => descriptorAt(deps, entity),
    templateTitles: (refs) => templateTitles(db, refs),
    maintains: (principal) => verdict(principal, 'scorecard.maintain') === 'always',
    registerChanged: onDebt,
    touch: (refs) => keeper.touch(refs),
  });
  return {
    levelOf: (scorecard: string, ref: string) => levelNow({ db, scorecards }, scorecard, ref),
    async start(): Promise<void> {
      await expire({ db, now });
      keeper.start();
      campaigns.start();
    },
    async stop(): Promise<void> {
      await campaigns.stop();
      await keeper.stop();
    },
  };
}

/** Where the descriptor of an entity lies, or where it says that its source is. */
function filesAt(manager: SourceManager, { metadata }: Entity): FilesRoot | null {
  const annotations = metadata.annotations ?? {};
  const source = annotations['backstage.io/source-location'];
  const descriptor = annotations['backstage.io/managed-by-location'];
  const location = source ?? descriptor?.replace(/\/[^/]*$/, '/');
  const address = location?.replace(/^url:/, '');
  const found = address === undefined ? undefined : manager.find(address);
  // It crosses threads, which the versions of a remote can't.
  return found ? { folder: found.folder, path: found.path, bare: found.bare } : null;
}

/** The file that declares it, as it lies at hand of its source. */
async function descriptorAt(
  { manager, fileTools }: PortalScorecardsDeps,
  { metadata }: Entity,
): Promise<DescriptorFile | undefined> {
  const address = metadata.annotations?.['backstage.io/managed-by-location']?.replace(/^url:/, '');
  const [, folder = '', name = ''] = /^(.*\/)([^/]+)$/.exec(address ?? '') ?? [];
  const place = folder === '' ? undefined : manager.find(folder);
  if (!place) return undefined;
  const path = decodeURIComponent(name);
  const bytes = await fileTools.read(place, path).catch(() => undefined);
  return bytes && { path: place.path ? `${place.path}/${path}` : path, text: bytes.toString('utf8') };
}

async function templateTitles(
  db: Kysely<ScorecardDb>,
  refs: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ ref: string; title: string }>`
    select ref, coalesce(title, name) as title from entity
    where kind = 'template' and ref = any(${refs}::text[])`.execute(db);
  return new Map(rows.map(({ ref, title }) => [ref, title]));
}

/** More at once is a new version of a standard, and no news of each. */
const MOST_TOLD = 20;

async function tellLevels(notifier: Notifier, changes: readonly LevelChange[]): Promise<void> {
  if (changes.length > MOST_TOLD) return;
  for (const { owner, ref, scorecardTitle, from, to, promoted } of changes) {
    if (owner === null) continue;
    const way = promoted ? 'rose' : 'fell';
    const text = `${ref} ${way} from ${from ?? 'no level'} to ${to ?? 'no level'} of ${scorecardTitle}`;
    await notifier.tell({ to: owner, text, path: pathOfEntity(ref) });
  }
}
