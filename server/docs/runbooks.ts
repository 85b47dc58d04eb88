/** The page that tells what to do about an alert. */
import { type Kysely, sql } from 'kysely';
import { isRunbook } from '#model/doc-names.ts';
import { partiesOf } from '../ownership/index.ts';
import type { Runbook } from './contract.ts';
import type { DocDb } from './tables.ts';

/**
 * Of an entity: pages of its documentation or addresses, each for one alert (`HighErrorRate=runbooks/errors`) or for
 * all that have none of their own (`runbooks/on-call`), separated by commas.
 */
export const RUNBOOK_ANNOTATION = 'atrium.dev/runbook';

interface PageRow {
  ref: string;
  page: string;
  real: string;
  title: string;
  entity: string;
  owner: string | null;
  named: boolean;
}

interface AnnotatedRow {
  ref: string;
  entity: string;
  owner: string | null;
  value: string;
}

type Found = Omit<Runbook, 'owner'> & { owner: string | null };

const MOST = 20;

/**
 * Pages whose head names the alert, then pages that are called like it, then what annotations of entities name.
 * @param entity ref of the one that the alert is about; what belongs to it comes first, and without it only what
 *   names the alert itself.
 */
export async function runbooksFor(
  db: Kysely<DocDb>,
  { alert, entity }: { alert: string; entity: string | undefined },
): Promise<Runbook[]> {
  const pages = await pagesFor(db, alert);
  const annotated = await annotatedFor(db, alert, entity);
  const isAbout = ({ ref }: Found) => ref === entity;
  const all = [...pages, ...annotated];
  const unique = [...new Map(all.toReversed().map((found) => [found.href, found])).values()].reverse();
  const found = [...unique.filter(isAbout), ...unique.filter((each) => !isAbout(each))].slice(0, MOST);
  const parties = await partiesOf(
    db,
    found.map(({ owner }) => owner),
  );
  return found.map((each) => ({ ...each, owner: each.owner === null ? null : parties(each.owner) }));
}

/** `HighErrorRate` is called like `high-error-rate.md`, `HighErrorRate.md` and `high_error_rate.md`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

async function pagesFor(db: Kysely<DocDb>, alert: string): Promise<Found[]> {
  const wanted = plain(alert);
  const { rows } = await sql<PageRow>`
    select d.ref, d.page, d.real, d.title, coalesce(e.title, e.name) as entity, e.owner,
      d.alerts @> array[${alert}]::text[] as named
    from doc_page d join entity e using (ref)
    where d.alerts @> array[${alert}]::text[] or (${wanted} <> '' and
      regexp_replace(lower(regexp_replace(d.real, '^.*/|\\.[^./]*$', '', 'g')), '[^a-z0-9]+', '', 'g') = ${wanted})
    order by d.ref, d.page limit 200`.execute(db);
  const rank = ({ named, real }: PageRow) => (named ? 0 : isRunbook(real) ? 1 : 2);
  return rows
    .sort((a, b) => rank(a) - rank(b))
    .map(({ ref, page, title, entity, owner }) => ({ ref, entity, title, owner, href: pathOf(ref, page) }));
}

async function annotatedFor(db: Kysely<DocDb>, alert: string, about: string | undefined): Promise<Found[]> {
  const { rows } = await sql<AnnotatedRow>`
    select ref, coalesce(title, name) as entity, owner, value from (
      select e.*, body #>> array['metadata', 'annotations', ${RUNBOOK_ANNOTATION}]::text[] as value from entity e
      where ref = ${about ?? ''} or strpos(body #>> array['metadata', 'annotations', ${RUNBOOK_ANNOTATION}]::text[],
        ${`${alert}=`}) > 0) annotated
    where value is not null order by ref limit 50`.execute(db);
  return rows.flatMap(({ ref, entity, owner, value }) => {
    const target = targetFor(value, alert, ref === about);
    return target === undefined ? [] : [{ ref, entity, owner, ...runbookAt(ref, target) }];
  });
}

/** @param general whether one that names no alert will do. */
function targetFor(value: string, alert: string, general: boolean): string | undefined {
  const entries = value.split(/[,\n]/).map((entry) => {
    const [, name, target = ''] = /^\s*(?:([\w.:-]+)\s*=(?!=))?\s*(.*?)\s*$/.exec(entry) ?? [];
    return { name, target };
  });
  const own = entries.find(({ name }) => name === alert);
  const other = general ? entries.find(({ name }) => name === undefined) : undefined;
  return (own ?? other)?.target || undefined;
}

function runbookAt(ref: string, target: string): { title: string; href: string } {
  const url = /^https?:\/\//i.test(target) ? URL.parse(target) : null;
  if (url) return { title: `${url.host}${url.pathname}`, href: url.href };
  const page = target.replace(/^\.?\/+/, '').replace(/\.(md|markdown)$/i, '');
  return { title: page || 'Runbook', href: pathOf(ref, page) };
}

function pathOf(ref: string, page: string): string {
  const site = `/docs/${ref.replace(':', '/')}`;
  return page === '' ? site : `${site}/${page.split('/').map(encodeURIComponent).join('/')}`;
}
