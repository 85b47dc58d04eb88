/** One message a person and day, with all that campaigns still want of what is theirs. */
import { type Kysely, sql } from 'kysely';
import type { Log } from '../../kernel/log.ts';
import { type Recipient, recipientsOf } from '../../notices/index.ts';
import type { ScorecardDb } from '../tables.ts';

/** What one campaign still wants. */
export interface CampaignTask {
  campaign: string;
  title: string;
  deadline: string;
  entities: { ref: string; title: string; rules: string[] }[];
}

export interface Digest {
  /** Ref of a person, or of a group that has a mailbox and nobody in it who has one. */
  to: string;
  name: string;
  email: string;
  tasks: CampaignTask[];
}

export interface DigestSender {
  /** Why none can be sent; null when they can. */
  missing: string | null;
  /** @throws when it was not taken. */
  send(digest: Digest): Promise<void>;
}

/** An entity that has still to pass some of the rules. */
export interface OpenEntity {
  ref: string;
  title: string;
  owner: string | null;
  /** Ids of the rules that do not pass. */
  rules: string[];
}

/** A campaign that is running, and what is open of it. */
export interface RunningCampaign {
  ref: string;
  title: string;
  deadline: string;
  open: OpenEntity[];
  /** Titles of its rules, by id. */
  rules: ReadonlyMap<string, string>;
}

export interface DigestDeps {
  db: Kysely<ScorecardDb>;
  digest: DigestSender;
  now: () => Date;
  log: Log;
}

/** Of no campaign: a digest is about all of them. */
const ALL = '';

/** Sends those that reminders of today call for, each once. What was not taken is tried again in the next round. */
export async function sendDigests(deps: DigestDeps, running: readonly RunningCampaign[]): Promise<void> {
  const { db, digest, now, log } = deps;
  if (digest.missing !== null) return;
  const today = now().toISOString().slice(0, 10);
  const owners = await remindedOn(db, today);
  if (owners.length === 0) return;
  for (const recipient of await recipientsOf(db, owners)) {
    const tasks = tasksOf(running, recipient.owners);
    if (tasks.length === 0 || !(await claim(deps, recipient, today, tasks))) continue;
    try {
      await digest.send({ to: recipient.ref, name: recipient.name, email: recipient.email, tasks });
    } catch (error) {
      await unclaim(db, recipient, today);
      log.warn(
        { to: recipient.ref, error: String(error) },
        'a digest could not be sent; trying again in an hour',
      );
    }
  }
}

async function remindedOn(db: Kysely<ScorecardDb>, day: string): Promise<string[]> {
  const { rows } = await sql<{ owner: string }>`
    select distinct detail ->> 'to' as owner from campaign_note
    where kind = 'reminder' and at >= ${`${day}T00:00:00Z`}::timestamptz`.execute(db);
  return rows.map(({ owner }) => owner);
}

function tasksOf(running: readonly RunningCampaign[], owners: readonly string[]): CampaignTask[] {
  return running
    .map(({ ref, title, deadline, open, rules }) => ({
      ...{ campaign: ref, title, deadline },
      entities: open
        .filter(({ owner }) => owner !== null && owners.includes(owner))
        .map((one) => ({
          ref: one.ref,
          title: one.title,
          rules: one.rules.map((id) => rules.get(id) ?? id),
        })),
    }))
    .filter(({ entities }) => entities.length > 0)
    .sort((a, b) => a.deadline.localeCompare(b.deadline));
}

/** Several processes may be at it: the first to write it down sends it. */
async function claim(
  { db, now }: DigestDeps,
  { ref }: Recipient,
  day: string,
  tasks: readonly CampaignTask[],
): Promise<boolean> {
  const left = Object.fromEntries(tasks.map(({ campaign, entities }) => [campaign, entities.length]));
  const { rows } = await sql`
    insert into campaign_note (campaign, kind, subject, at, detail)
    values (${ALL}, 'digest', ${subjectOf(ref, day)}, ${now()}, ${JSON.stringify({ to: ref, left })}::json)
    on conflict do nothing returning subject`.execute(db);
  return rows.length > 0;
}

async function unclaim(db: Kysely<ScorecardDb>, { ref }: Recipient, day: string): Promise<void> {
  await db
    .deleteFrom('campaign_note')
    .where('campaign', '=', ALL)
    .where('kind', '=', 'digest')
    .where('subject', '=', subjectOf(ref, day))
    .execute();
}

const subjectOf = (ref: string, day: string) => `${ref} ${day}`;

/** Those that had something of a campaign in them, the latest first. */
export async function digestsAbout(
  db: Kysely<ScorecardDb>,
  campaign: string,
  most: number,
): Promise<{ at: Date; to: string; left: number }[]> {
  const { rows } = await sql<{ at: Date; to: string; left: number }>`
    select at, detail ->> 'to' as to, (detail -> 'left' ->> ${campaign}::text)::int as left from campaign_note
    where kind = 'digest' and detail -> 'left' ->> ${campaign}::text is not null
    order by at desc, subject limit ${most}`.execute(db);
  return rows;
}
