import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { dateOf } from '#web/kit/format.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { rememberVisit } from '#web/kit/recent.ts';
import { Status } from '#web/kit/status.tsx';
import { Article } from '../article/article.tsx';
import { docsPath, keptSearch } from '../paths.ts';
import { problemTone } from '../problem-tone.ts';
import type { DocPage, DocSite } from '../queries.ts';
import decisionStyles from './decisions.module.css';
import { DecisionStatus } from './decisions.tsx';
import { PageFoot } from './foot.tsx';
import styles from './reader.module.css';
import { flat } from './site-tree.ts';
import type { Place } from './use-place.ts';

const text = docsMessages.reader;

export function Crumbs({
  site,
  page,
  version,
}: {
  site: DocSite;
  page?: DocPage;
  version: string | undefined;
}) {
  const search = keptSearch(version) as never;
  return (
    <nav aria-label="Breadcrumb" className={styles.crumbs}>
      <Link to="/docs">{docsMessages.title}</Link>
      <span aria-hidden="true">/</span>
      <Link to={docsPath(site.card.ref)} search={search}>
        {site.card.title}
      </Link>
      {page?.crumbs.map((crumb) => (
        <span key={`${crumb.title} ${crumb.page ?? ''}`}>
          <span aria-hidden="true">/ </span>
          {crumb.page === undefined ? (
            crumb.title
          ) : (
            <Link to={docsPath(site.card.ref, crumb.page)} search={search}>
              {crumb.title}
            </Link>
          )}
        </span>
      ))}
    </nav>
  );
}

/** What one should know before one believes the page. */
function Warnings({ page }: { page: DocPage }) {
  const grave = page.problems.filter(({ kind }) => kind === 'outdated' || kind === 'reported');
  if (grave.length === 0) return null;
  return (
    <ul className={styles.warnings}>
      {grave.map((problem) => (
        <li key={problem.message}>
          <Status tone={problemTone(problem.kind)}>{problem.message}</Status>
        </li>
      ))}
    </ul>
  );
}

function DecisionLine({
  site,
  page,
  version,
}: {
  site: DocSite;
  page: DocPage;
  version: string | undefined;
}) {
  const node = flat(site.nav).find((one) => one.mark === 'decision' && one.page === page.page);
  if (!node) return null;
  return (
    <p className={decisionStyles.line}>
      <DecisionStatus status={node.status} />
      {node.date && <span>{dateOf(node.date)}</span>}
      <Link to={docsPath(site.card.ref)} search={{ ...keptSearch(version), show: 'decisions' } as never}>
        {docsMessages.decisions.timeline} →
      </Link>
    </p>
  );
}

/** Among what was visited lately, a page stands beside services and teams. */
function useVisit(site: DocSite, page: DocPage): void {
  const path = docsPath(page.ref, page.page);
  const title = page.page === '' ? site.card.title : `${page.title}, ${site.card.title}`;
  useEffect(() => {
    rememberVisit({ ref: path, kind: 'page', name: title, title, type: null, path });
  }, [path, title]);
}

interface Props {
  site: DocSite;
  page: DocPage;
  place: Place;
}

export function ArticlePane({ site, page, place }: Props) {
  useVisit(site, page);
  useEffect(() => {
    document.title = `${page.title} · ${site.card.title} · Atrium`;
  }, [page.title, site.card.title]);
  return (
    <>
      <Crumbs site={site} page={page} version={place.version} />
      <Warnings page={page} />
      <DecisionLine site={site} page={page} version={place.version} />
      <Article key={`${page.ref} ${page.page} ${place.version ?? ''}`} page={page} words={place.words} />
      <PageFoot page={page} version={place.version} />
    </>
  );
}

export function OldVersion({ place }: { place: Place }) {
  if (!place.version) return null;
  return (
    <p className={styles.oldVersion}>
      <Status tone="warn">{text.older(place.version)}</Status>
      <Link to={docsPath(place.ref, place.page)}>{text.readNow}</Link>
    </p>
  );
}
