import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { ApiError } from '#web/kit/api.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { entityPath, refName } from '#web/kit/ref.ts';
import { EmptyState, ErrorState, SkeletonRows } from '#web/kit/states.tsx';
import { useKeys } from '../keys.ts';
import { docsPath, keptSearch } from '../paths.ts';
import { type DocPage, type DocSite, pageQuery, siteQuery } from '../queries.ts';
import { SiteRows } from '../site-rows.tsx';
import { ArticlePane, Crumbs, OldVersion } from './article-pane.tsx';
import { ContentsList } from './contents-list.tsx';
import { Timeline } from './decisions.tsx';
import { Frame, isShown, type SheetName } from './frame.tsx';
import { PageFacts, PageProblems } from './page-facts.tsx';
import styles from './reader.module.css';
import { SitePane } from './site-pane.tsx';
import { flat } from './site-tree.ts';
import { type Place, usePlace } from './use-place.ts';

const text = docsMessages.reader;

/** What other parts of the portal show inside of the reader, put in by the app. */
export interface ReaderSlots {
  apiReference: (ref: string) => ReactNode;
}

const isMissing = (error: Error | null) => error instanceof ApiError && error.status === 404;

function ArticleSkeleton() {
  return (
    <div role="status" aria-label="Loading" className={styles.bones}>
      <Skeleton height={34} width="60%" mb={24} />
      {['96%', '99%', '91%', '97%', '40%', '93%', '98%', '88%', '64%'].map((width) => (
        <Skeleton key={width} height={14} width={width} mb={13} />
      ))}
    </div>
  );
}

/** Of a system, a domain or a team without a page of its own: what is written about its parts. */
function Overview({ site }: { site: DocSite }) {
  const { card, parts } = site;
  const words = card.kind.toLowerCase() === 'group' ? text.ofTeam(card.title) : text.partsHint(card.title);
  return (
    <div className={styles.overview}>
      <h1>{card.title}</h1>
      <p>{words}</p>
      <SiteRows label={text.parts} cards={parts} />
    </div>
  );
}

const aggregates = new Set(['system', 'domain', 'group']);

/** What lies beside the file that declares a system or a team is seldom about it; its parts are. */
function isAggregate({ card, parts }: DocSite, place: Place): boolean {
  return place.page === '' && parts.length > 0 && card.form === 'readme' && aggregates.has(place.kind);
}

function NoPage({ site, place, reason }: { site: DocSite; place: Place; reason: string | undefined }) {
  if (place.page === '' && site.parts.length > 0) return <Overview site={site} />;
  const first = place.page === '';
  return (
    <>
      <PageHead title={first ? text.noPages : text.gone} facts={!first && reason && <span>{reason}</span>} />
      <EmptyState
        hint={first ? text.noPagesHint : text.goneHint}
        action={
          <div className={styles.ways}>
            {place.version && <ButtonLink to={docsPath(place.ref, place.page)}>{text.readNow}</ButtonLink>}
            {!first && (
              <ButtonLink to={docsPath(place.ref)} search={keptSearch(place.version)}>
                {text.first}
              </ButtonLink>
            )}
          </div>
        }
      />
    </>
  );
}

function titleOfApi({ nav, card }: DocSite, { ref }: Place): string {
  const path = docsPath(ref);
  return flat(nav).find(({ href }) => href === path)?.title ?? (card.ref === ref ? card.title : refName(ref));
}

interface MiddleProps {
  site: DocSite;
  place: Place;
  page: { data: DocPage | undefined; error: Error | null; refetch: () => unknown };
  slots: ReaderSlots;
}

function Middle({ site, place, page, slots }: MiddleProps) {
  if (place.kind === 'api' && place.page === '') {
    return (
      <>
        <Crumbs site={site} version={place.version} />
        <div className={styles.overview}>
          <h1>{titleOfApi(site, place)}</h1>
          <p>{text.reference}</p>
        </div>
        {slots.apiReference(place.ref)}
      </>
    );
  }
  if (place.decisions) {
    return (
      <>
        <Crumbs site={site} version={place.version} />
        <Timeline site={site} version={place.version} />
      </>
    );
  }
  if (isAggregate(site, place)) return <Overview site={site} />;
  if (page.data) return <ArticlePane site={site} page={page.data} place={place} />;
  if (isMissing(page.error)) return <NoPage site={site} place={place} reason={page.error?.message} />;
  if (page.error) return <ErrorState error={page.error} onRetry={() => void page.refetch()} />;
  return <ArticleSkeleton />;
}

function Notices({ notices }: Pick<DocSite, 'notices'>) {
  if (notices.length === 0) return null;
  return (
    <details className={styles.notices}>
      <summary>
        {text.notices} ({notices.length})
      </summary>
      <ul>
        {notices.map(({ message, remedy, path, line }) => (
          <li key={`${path} ${line} ${message}`}>
            <p>{message}</p>
            <p className={styles.quiet}>
              {remedy} {path}
              {line !== null && `:${line}`}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Neighbours, the search and the contents by single keys. */
function useReaderKeys(page: DocPage | undefined, place: Place, onSheet: (name: SheetName) => void) {
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const go = (to: { page: string } | null | undefined) => {
    if (!to || !page) return;
    void navigate({ to: docsPath(page.ref, to.page), search: keptSearch(place.version) as never });
  };
  const next = () => go(page?.next);
  const previous = () => go(page?.previous);
  const search = () => {
    if (isShown('left')) field.current?.focus();
    else onSheet('pages');
  };
  const contents = () => {
    if (!isShown('right')) onSheet('contents');
    else document.querySelector<HTMLElement>('[data-heading][aria-current], [data-heading]')?.focus();
  };
  useKeys({ j: next, n: next, k: previous, p: previous, '/': search, t: contents });
  return field;
}

interface PageAsideProps {
  page: DocPage;
  version: string | undefined;
  onGo: (() => void) | undefined;
}

/** In a sheet, the sheet has its name already. */
function PageAside({ page, version, onGo }: PageAsideProps) {
  const hasContents = page.headings.some(({ level }) => level === 2 || level === 3);
  return (
    <div className={styles.aside}>
      {hasContents && !onGo && <h2>{text.contents}</h2>}
      <ContentsList headings={page.headings} {...(onGo && { onGo })} />
      <PageProblems problems={page.problems} />
      <PageFacts page={page} version={version} />
    </div>
  );
}

function Reader({ site, place, slots }: { site: DocSite; place: Place; slots: ReaderSlots }) {
  const isPage =
    !(place.kind === 'api' && place.page === '') && !place.decisions && !isAggregate(site, place);
  const page = useQuery({ ...pageQuery(place.ref, place.page, place.version), enabled: isPage });
  const [sheet, setSheet] = useState<SheetName>();
  const shown = isPage ? page.data : undefined;
  const field = useReaderKeys(shown, place, setSheet);
  const right =
    shown && ((onGo?: () => void) => <PageAside version={place.version} page={shown} onGo={onGo} />);
  return (
    <Frame
      left={(onGo) => <SitePane site={site} place={place} {...(onGo ? { onGo } : { field })} />}
      right={right}
      sheet={sheet}
      onSheet={setSheet}
    >
      <OldVersion place={place} />
      <Notices notices={site.notices} />
      <Middle site={site} place={place} page={page} slots={slots} />
    </Frame>
  );
}

function NoSite({ place, error }: { place: Place; error: Error }) {
  const crumbs = [{ label: docsMessages.title, to: '/docs' }];
  return (
    <>
      <PageHead title={refName(place.ref)} crumbs={crumbs} />
      {isMissing(error) ? (
        <EmptyState
          title={text.noSite}
          hint={text.noPagesHint}
          action={
            <div className={styles.ways}>
              {place.version && <ButtonLink to={docsPath(place.ref, place.page)}>{text.readNow}</ButtonLink>}
              <ButtonLink to={entityPath(place.ref)}>{text.toPage}</ButtonLink>
            </div>
          }
        />
      ) : (
        <ErrorState error={error} />
      )}
    </>
  );
}

/** An API whose own site is not there is still an API: its reference, without pages beside it. */
function ReferenceAlone({ place, slots }: { place: Place; slots: ReaderSlots }) {
  return (
    <>
      <nav aria-label="Breadcrumb" className={styles.crumbs}>
        <Link to="/docs">{docsMessages.title}</Link>
        <span aria-hidden="true">/</span>
        <Link to={entityPath(place.ref)}>{refName(place.ref)}</Link>
      </nav>
      <PageHead title={refName(place.ref)} />
      <div className={styles.reference}>{slots.apiReference(place.ref)}</div>
    </>
  );
}

/** What is written about a thing of the catalog. */
export function ReaderPage({ slots }: { slots: ReaderSlots }) {
  const place = usePlace();
  const isApi = place.kind === 'api' && place.page === '';
  const siteRef = isApi && place.from ? place.from : place.ref;
  const site = useQuery(siteQuery(siteRef, place.version));
  if (site.data) return <Reader site={site.data} place={place} slots={slots} />;
  if (site.error && isApi) return <ReferenceAlone place={place} slots={slots} />;
  if (site.error) return <NoSite place={place} error={site.error} />;
  return (
    <Frame left={() => <SkeletonRows rows={8} />} sheet={undefined} onSheet={() => undefined}>
      <ArticleSkeleton />
    </Frame>
  );
}
