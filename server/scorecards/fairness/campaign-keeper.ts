/** Drives campaigns: reminds owners on the days that are set, opens issues, and closes them when rules pass. */
import { type Kysely, sql } from 'kysely';
import type { Campaign } from '#model/scorecard.ts';
import type { Log } from '../../kernel/log.ts';
import type { Usable } from '../evaluator.ts';
import type { ScorecardDb } from '../tables.ts';
import { type CampaignDeps, type Standing, standingOf, storedCampaigns } from './campaigns.ts';
import { type DigestSender, type OpenEntity, type RunningCampaign, sendDigests } from './digests.ts';

export interface Reminder {
  campaign: string;
  title: string;
  deadline: string;
  /** Ref of a group or user. */
  to: string;
  entities: OpenEntity[];
}

export interface IssueTracker {
  /** Why none can be opened anywhere; null when some can. */
  missing: string | null;
  /** In the repository of an entity; one with the same key is found again. @returns its address; null where nobody can. */
  open: (issue: { entity: string; title: string; body: string; key: string }) => Promise<string | null>;
  close: (entity: string, url: string) => Promise<void>;
}

export interface CampaignKeeperDeps extends CampaignDeps {
  /** Tells the owner. @returns how it was told: `page` where nothing else is configured. */
  remind: (reminder: Reminder) => Promise<string>;
  issues: IssueTracker;
  digest: DigestSender;
  log: Log;
}

const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

interface Followed {
  ref: string;
  campaign: Campaign;
  card: Usable;
}

export class CampaignKeeper {
  readonly #deps: CampaignKeeperDeps;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(deps: CampaignKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(), HOUR_MS);
    this.#timer.unref();
    this.#begin();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  #begin(): void {
    this.#working = this.#working.then(() =>
      this.round().catch((error: unknown) =>
        this.#deps.log.warn(
          { error: String(error) },
          'campaigns could not be driven; trying again in an hour',
        ),
      ),
    );
  }

  /** Does what is due today, once. Runs by itself every hour. */
  async round(): Promise<void> {
    const { db, now } = this.#deps;
    const today = now().toISOString().slice(0, 10);
    const running: RunningCampaign[] = [];
    for (const { ref, campaign, card } of await storedCampaigns(this.#deps)) {
      if (!campaign || !card || (campaign.starts ?? '') > today) continue;
      const followed = { ref, campaign, card };
      const standing = await standingOf(db, followed);
      await this.#remind(followed, standing, today);
      if (campaign.issues) await this.#issues(followed, standing);
      if (campaign.deadline >= today) running.push(runningOf(followed, standing));
    }
    await sendDigests(this.#deps, running);
  }

  async #remind({ ref, campaign }: Followed, { open }: Standing, today: string): Promise<void> {
    const left = Math.round((Date.parse(campaign.deadline) - Date.parse(today)) / DAY_MS);
    // A portal that was down on the day sends the reminder that it missed, and no earlier one.
    const due = campaign.remindDays.filter((days) => days >= left && left >= 0).sort((a, b) => a - b)[0];
    if (due === undefined) return;
    for (const [to, entities] of Map.groupBy(open, ({ owner }) => owner)) {
      if (to === null) continue;
      const subject = `${to} ${due}`;
      if (!(await this.#first(ref, 'reminder', subject, { to, left: entities.length, how: 'page' })))
        continue;
      const how = await this.#deps.remind({
        campaign: ref,
        title: campaign.title,
        deadline: campaign.deadline,
        to,
        entities,
      });
      await this.#note(ref, 'reminder', subject, { to, left: entities.length, how });
    }
  }

  async #issues({ ref, campaign, card }: Followed, { open }: Standing): Promise<void> {
    const { db, issues } = this.#deps;
    if (issues.missing !== null) return;
    const notes = await db
      .selectFrom('campaign_note')
      .selectAll()
      .where('campaign', '=', ref)
      .where('kind', '=', 'issue')
      .execute();
    const known = new Map(notes.map((note) => [note.subject, note]));
    for (const entity of open) {
      if (known.has(entity.ref)) continue;
      const body = bodyOf(campaign, card, entity);
      const url = await issues.open({
        entity: entity.ref,
        title: campaign.title,
        body,
        key: `${ref} ${entity.ref}`,
      });
      if (url) await this.#first(ref, 'issue', entity.ref, { url });
    }
    const isOpen = new Set(open.map(({ ref: each }) => each));
    for (const { subject, detail } of notes) {
      if (isOpen.has(subject) || typeof detail.url !== 'string' || detail.closed === true) continue;
      await issues.close(subject, detail.url);
      await this.#note(ref, 'issue', subject, { ...detail, closed: true });
    }
  }

  /** Several processes may be at it: the first to write it down does it. */
  async #first(campaign: string, kind: string, subject: string, detail: object): Promise<boolean> {
    const { rows } = await sql`
      insert into campaign_note (campaign, kind, subject, at, detail)
      values (${campaign}, ${kind}, ${subject}, ${this.#deps.now()}, ${JSON.stringify(detail)}::json)
      on conflict do nothing returning subject`.execute(this.#deps.db);
    return rows.length > 0;
  }

  async #note(campaign: string, kind: string, subject: string, detail: object): Promise<void> {
    await sql`update campaign_note set detail = ${JSON.stringify(detail)}::json
      where campaign = ${campaign} and kind = ${kind} and subject = ${subject}`.execute(
      this.#deps.db as Kysely<ScorecardDb>,
    );
  }
}

function runningOf({ ref, campaign, card }: Followed, { open }: Standing): RunningCampaign {
  const { title, deadline } = campaign;
  return {
    ref,
    title,
    deadline,
    open,
    rules: new Map(card.scorecard.rules.map((rule) => [rule.id, rule.title])),
  };
}

function bodyOf({ deadline, title }: Campaign, { scorecard }: Usable, { ref, rules }: OpenEntity): string {
  const lines = rules.map((id) => {
    const rule = scorecard.rules.find((one) => one.id === id);
    return `- **${rule?.title ?? id}**${rule?.remedy.text ? `: ${rule.remedy.text}` : ''}`;
  });
  return [`${title}, until ${deadline}. ${ref} has still to pass:`, '', ...lines].join('\n');
}
