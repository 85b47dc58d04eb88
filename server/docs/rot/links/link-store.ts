/** Links of the Internet as they are kept: what is known of each, and when it is asked again. */
import { type Kysely, sql } from 'kysely';
import { rowSet } from '../../../kernel/store/row-set.ts';
import type { DocDb } from '../../tables.ts';
import type { FoundProblem, RotPage } from '../found.ts';
import { shown } from '../found.ts';
import { checkable } from './checkable.ts';
import { isDead, type LinkState } from './verdict.ts';

/** Of one site, and of all. */
const MOST_OF_A_SITE = 1000;
const MOST_LINKS = 20_000;
/** So long a link is left to whoever took it. */
const TAKEN_MS = 10 * 60_000;

/** Addresses that the pages of a site lead to, each once. */
export function linksOf(pages: readonly RotPage[], own: ReadonlySet<string>): string[] {
  const urls = pages.flatMap(({ outline }) =>
    outline.links.flatMap(({ kind, href }) => (kind === 'external' ? (checkable(href, own) ?? []) : [])),
  );
  return [...new Set(urls)].slice(0, MOST_OF_A_SITE);
}

/** Remembers those that are new, to be asked soon. */
export async function rememberLinks(db: Kysely<DocDb>, urls: readonly string[], now: Date): Promise<void> {
  if (urls.length === 0) return;
  await sql`
    insert into doc_link (url, due_at) select url, ${now} from ${rowSet({ url: urls })}
    where (select count(*) from doc_link) < ${MOST_LINKS} on conflict do nothing`.execute(db);
}

/** Forgets those that no page leads to any more. */
export async function forgetLinks(db: Kysely<DocDb>, isNamed: (url: string) => boolean): Promise<void> {
  const known = await db.selectFrom('doc_link').select('url').execute();
  const gone = known.filter(({ url }) => !isNamed(url)).map(({ url }) => url);
  if (gone.length > 0) await sql`delete from doc_link where url = any(${gone}::text[])`.execute(db);
}

export interface DueLink extends LinkState {
  url: string;
}

const columns = [
  'url',
  'status',
  'error',
  'checked_at as checkedAt',
  'asked_at as askedAt',
  'failures',
] as const;

/** Those that are to be asked, the longest due first. */
export async function dueLinks(db: Kysely<DocDb>, now: Date, limit: number): Promise<DueLink[]> {
  return db
    .selectFrom('doc_link')
    .select(columns)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('url')
    .limit(limit)
    .execute();
}

/** Several processes may be at it: whoever takes a link asks it. */
export async function takeLink(db: Kysely<DocDb>, url: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update doc_link set due_at = ${new Date(now.getTime() + TAKEN_MS)}
    where url = ${url} and due_at <= ${now} returning url`.execute(db);
  return rows.length > 0;
}

export async function writeLink(db: Kysely<DocDb>, link: DueLink, dueAt: Date): Promise<void> {
  await db
    .updateTable('doc_link')
    .set({
      status: link.status,
      error: link.error?.slice(0, 300) ?? null,
      checked_at: link.checkedAt,
      asked_at: link.askedAt,
      failures: link.failures,
      due_at: dueAt,
    })
    .where('url', '=', link.url)
    .execute();
}

/** The link that was answered last of those that led somewhere. */
export async function lastAnswered(db: Kysely<DocDb>): Promise<DueLink | undefined> {
  return db
    .selectFrom('doc_link')
    .select(columns)
    .where('status', '<', 400)
    .orderBy('checked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Whether each of these was asked at least once; of others nothing can be said. */
export async function allAsked(db: Kysely<DocDb>, urls: readonly string[]): Promise<boolean> {
  if (urls.length === 0) return true;
  const { rows } = await sql<{ asked: number }>`
    select count(*)::int as asked from doc_link
    where url = any(${urls}::text[]) and asked_at is not null`.execute(db);
  return rows[0]?.asked === urls.length;
}

/** Links of pages that lead to nothing any more. */
export async function deadLinks(
  db: Kysely<DocDb>,
  pages: readonly RotPage[],
  own: ReadonlySet<string>,
): Promise<FoundProblem[]> {
  const urls = linksOf(pages, own);
  if (urls.length === 0) return [];
  const { rows } = await sql<{ url: string; status: number | null; error: string | null; failures: number }>`
    select url, status, error, failures from doc_link
    where url = any(${urls}::text[]) and (failures > 0 or status >= 400)`.execute(db);
  const dead = new Map(rows.filter(isDead).map((row) => [row.url, row]));
  return pages.flatMap(({ page, outline }) =>
    outline.links.flatMap(({ kind, href, line }) => {
      const url = kind === 'external' ? checkable(href, own) : undefined;
      const row = url === undefined ? undefined : dead.get(url);
      if (!row) return [];
      const why =
        row.status === null
          ? `could not be reached on ${row.failures} days: ${row.error}`
          : `answers with ${row.status}`;
      return [
        {
          page,
          kind: 'dead-link' as const,
          message: `It links to ${shown(href)}, which ${why}`,
          remedy: 'Name the address that took its place, or take the link out.',
          line: line ?? null,
        },
      ];
    }),
  );
}
