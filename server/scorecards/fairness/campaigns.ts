/** Rules with a deadline and an audience: how far they are, who is still to move, what was sent and opened. */
import { type Kysely, sql } from 'kysely';
import type { Problem } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { readCampaign } from '#model/read-scorecard.ts';
import type { Campaign } from '#model/scorecard.ts';
import { readRef } from '../../kernel/read-ref.ts';
import { partiesOf } from '../../ownership/index.ts';
import type { CampaignCard, CampaignPage } from '../contract.ts';
import type { Usable } from '../evaluator.ts';
import { usable } from '../evaluator.ts';
import type { ScorecardStore } from '../scorecard-store.ts';
import { scopeOf } from '../subjects.ts';
import type { ScorecardDb } from '../tables.ts';
import { burnDown, lettersOf } from './burn-down.ts';
import { digestsAbout, type OpenEntity } from './digests.ts';

export interface CampaignDeps {
  db: Kysely<ScorecardDb>;
  scorecards: ScorecardStore;
  now: () => Date;
  /** Why no issues can be opened; null when they can. */
  issuesMissing: string | null;
  /** Why no digests can be sent by mail; null when they can. */
  digestsMissing: string | null;
}

export interface StoredCampaign {
  ref: string;
  entity: Entity;
  owner: string | null;
  /** Null when it can't be followed. */
  campaign: Campaign | null;
  card: Usable | null;
  problems: Problem[];
}

export interface Standing {
  total: number;
  left: number;
  open: OpenEntity[];
  byTeam: Map<string | null, { total: number; left: number }>;
  byRule: Map<string, number>;
}

export async function storedCampaigns({
  db,
  scorecards,
  issuesMissing,
}: CampaignDeps): Promise<StoredCampaign[]> {
  const cards = usable(await scorecards.all());
  const { rows } = await sql<{ ref: string; body: string; owner: string | null }>`
    select ref, body::text as body, owner from entity where kind = 'campaign' order by ref`.execute(db);
  return rows.map(({ ref, body, owner }) => {
    const entity: Entity = JSON.parse(body);
    const { campaign, problems } = readCampaign(entity);
    const card = cards.find((one) => one.ref === campaign?.scorecard) ?? null;
    const missing = campaign && !card ? [noScorecard(campaign.scorecard)] : [];
    const unable = campaign?.issues && issuesMissing !== null ? [noIssues(issuesMissing)] : [];
    return { ref, entity, owner, campaign, card, problems: [...problems, ...missing, ...unable] };
  });
}

function noScorecard(ref: string): Problem {
  return {
    level: 'error',
    field: 'spec.scorecard',
    message: `There is no scorecard ${ref} that can be judged by`,
    remedy: 'Name a scorecard of the catalog or a pack, and mend what is wrong with it.',
  };
}

function noIssues(why: string): Problem {
  return {
    level: 'warning',
    field: 'spec.issues',
    message: 'It is to open issues, and none can be opened',
    remedy: why,
  };
}

/** Positions of the rules that the campaign rolls out, in the scorecard. */
export function rulesOf({ rules, level }: Campaign, { scorecard }: Usable): number[] {
  const highest = level === null ? scorecard.levels.length - 1 : scorecard.levels.indexOf(level);
  return scorecard.rules.flatMap((rule, index) => {
    const isNamed =
      rules.length > 0 ? rules.includes(rule.id) : scorecard.levels.indexOf(rule.level) <= highest;
    return isNamed ? [index] : [];
  });
}

/** How far it is now. */
export async function standingOf(
  db: Kysely<ScorecardDb>,
  { campaign, card }: { campaign: Campaign; card: Usable },
): Promise<Standing> {
  const positions = rulesOf(campaign, card);
  const scope = scopeOf({ appliesTo: campaign.audience });
  const { rows } = await sql<{ ref: string; title: string; owner: string | null; results: string }>`
    select score.ref, coalesce(entity.title, entity.name) as title, score.owner, score.results
    from score join entity on entity.ref = score.ref
    where score.scorecard = ${card.ref} and score.version = ${card.version} and score.until is null and ${scope}
    order by score.ref`.execute(db);
  const standing: Standing = { total: 0, left: 0, open: [], byTeam: new Map(), byRule: new Map() };
  for (const { ref, title, owner, results } of rows) {
    const { asked, left } = lettersOf(results, positions);
    if (asked.length === 0) continue;
    const team = standing.byTeam.get(owner) ?? { total: 0, left: 0 };
    standing.byTeam.set(owner, { total: team.total + asked.length, left: team.left + left.length });
    standing.total += asked.length;
    standing.left += left.length;
    const rules = left.map((position) => card.scorecard.rules[position]?.id ?? '');
    for (const rule of rules) standing.byRule.set(rule, (standing.byRule.get(rule) ?? 0) + 1);
    if (rules.length > 0) standing.open.push({ ref, title, owner, rules });
  }
  return standing;
}

export async function listCampaigns(deps: CampaignDeps): Promise<CampaignCard[]> {
  const stored = await storedCampaigns(deps);
  const parties = await partiesOf(
    deps.db,
    stored.map(({ owner }) => owner),
  );
  return Promise.all(
    stored.map(async (one) => {
      const { campaign, card, owner } = one;
      const standing =
        campaign && card ? await standingOf(deps.db, { campaign, card }) : { total: 0, left: 0 };
      return { ...cardOf(one, standing, deps.now()), owner: owner === null ? null : parties(owner) };
    }),
  );
}

function cardOf(
  { ref, entity, campaign, card, problems }: StoredCampaign,
  { total, left }: Pick<Standing, 'total' | 'left'>,
  now: Date,
): Omit<CampaignCard, 'owner'> {
  const today = now.toISOString().slice(0, 10);
  const deadline = campaign?.deadline ?? '';
  const isPlanned = campaign?.starts !== null && campaign !== null && (campaign.starts ?? '') > today;
  return {
    ...{ ref, total, left, deadline },
    title: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description ?? null,
    scorecard: campaign?.scorecard ?? '',
    scorecardTitle: card?.scorecard.title ?? campaign?.scorecard ?? '',
    starts: campaign?.starts ?? null,
    state: isPlanned
      ? 'planned'
      : left === 0 && total > 0
        ? 'done'
        : deadline < today
          ? 'overdue'
          : 'running',
    problems: problems.map(({ level, message, remedy, field }) => ({
      ...{ level, message, remedy },
      ...(field !== undefined && { field }),
    })),
  };
}

/** @throws {AtriumError} ENTITY_NOT_FOUND */
export async function campaignPage(
  deps: CampaignDeps,
  params: { namespace: string; name: string },
): Promise<CampaignPage> {
  const ref = readRef(`campaign:${params.namespace}/${params.name}`);
  const stored = (await storedCampaigns(deps)).find((one) => one.ref === ref);
  if (!stored) throw new AtriumError('ENTITY_NOT_FOUND', `There is no campaign ${ref}`);
  const { campaign, card, owner } = stored;
  const parties = await partiesOf(deps.db, [owner]);
  const ownedBy = owner === null ? null : parties(owner);
  if (!campaign || !card) {
    const none = { rules: [], teams: [], days: [], open: [], reminders: [], digestsMissing: null };
    return { card: { ...cardOf(stored, { total: 0, left: 0 }, deps.now()), owner: ownedBy }, ...none };
  }
  const standing = await standingOf(deps.db, { campaign, card });
  return {
    card: { ...cardOf(stored, standing, deps.now()), owner: ownedBy },
    rules: rulesOf(campaign, card).flatMap((position) => {
      const rule = card.scorecard.rules[position];
      return rule ? [{ id: rule.id, title: rule.title, left: standing.byRule.get(rule.id) ?? 0 }] : [];
    }),
    days: await burnDown(
      deps.db,
      { campaign, card, positions: rulesOf(campaign, card), total: standing.total },
      deps.now(),
    ),
    ...(await peopleOf(deps, ref, standing)),
    digestsMissing: deps.digestsMissing,
  };
}

const MOST_REMINDERS = 50;

async function peopleOf({ db }: CampaignDeps, ref: string, { open, byTeam }: Standing) {
  const notes = await db
    .selectFrom('campaign_note')
    .selectAll()
    .where('campaign', '=', ref)
    .orderBy('at', 'desc')
    .execute();
  const reminded = notes.filter(({ kind }) => kind === 'reminder');
  const issues = new Map(
    notes
      .filter(({ kind }) => kind === 'issue')
      .map(({ subject, detail }) => [subject, String(detail.url ?? '')]),
  );
  const reminders = [
    ...reminded.map(({ at, detail }) => ({
      ...{
        at,
        to: String(detail.to ?? ''),
        left: Number(detail.left ?? 0),
        how: String(detail.how ?? 'page'),
      },
    })),
    ...(await digestsAbout(db, ref, MOST_REMINDERS)).map((digest) => ({ ...digest, how: 'email' })),
  ];
  const parties = await partiesOf(db, [
    ...byTeam.keys(),
    ...open.map(({ owner }) => owner),
    ...reminders.map(({ to }) => to),
  ]);
  return {
    teams: [...byTeam].map(([owner, counts]) => ({
      team: owner === null ? null : parties(owner),
      ...counts,
    })),
    open: open.map(({ owner, ...one }) => ({
      ...one,
      owner: owner === null ? null : parties(owner),
      issue: issues.get(one.ref) || null,
    })),
    reminders: reminders
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, MOST_REMINDERS)
      .map(({ at, to, ...sent }) => ({ at: at.toISOString(), to: parties(to), ...sent })),
  };
}
