/** One message a person and day, with all that campaigns still want of what is theirs. */
import { type Kysely, sql } from 'kysely';
import type { Log } from '../../kernel/log.ts';
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
const MOST_RECIPIENTS = 5000;

interface Recipient {
  ref: string;
  name: string;
  email: string;
  /** Itself, and the groups that it is in. */
  owners: string[];
}

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

/** People among these and in them who have an address; of a group in which nobody has one, its own. */
async function recipientsOf(db: Kysely<ScorecardDb>, owners: readonly string[]): Promise<Recipient[]> {
  const member = sql`(select from_ref as person, to_ref as team from relation where type = 'memberOf'
    union select to_ref, from_ref from relation where reverse = 'memberOf')`;
  const { rows } = await sql<Recipient>`
    with member as ${member},
    asked as (select person, team from member where team = any(${[...owners]}::text[])),
    reached as (select distinct ref from entity
      where kind = 'user' and body #>> '{spec,profile,email}' <> ''
        and (ref in (select person from asked) or ref = any(${[...owners]}::text[]))),
    mailbox as (select ref from entity
      where kind = 'group' and ref = any(${[...owners]}::text[]) and body #>> '{spec,profile,email}' <> ''
        and not exists (select from asked join reached on reached.ref = asked.person where asked.team = entity.ref))
    select ref, coalesce(title, name) as name, body #>> '{spec,profile,email}' as email,
      array(select entity.ref union select team from member where person = entity.ref) as owners
    from entity where ref in (select ref from reached union select ref from mailbox)
    order by ref limit ${MOST_RECIPIENTS}`.execute(db);
  return rows;
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
