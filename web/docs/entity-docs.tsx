import { useQuery } from '@tanstack/react-query';
import { ApiError } from '#web/kit/api.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { Section } from '#web/kit/page-head.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { Article } from './article/article.tsx';
import styles from './entity-docs.module.css';
import { docsPath } from './paths.ts';
import { type DocSite, pageQuery, siteQuery } from './queries.ts';
import { NavTree } from './reader/nav-tree.tsx';
import { SiteRows } from './site-rows.tsx';

const text = docsMessages.entity;

function FirstPage({ site }: { site: DocSite }) {
  const page = useQuery(pageQuery(site.card.ref, ''));
  if (page.data) {
    return (
      <>
        <div className={styles.start}>
          <Article page={page.data} words={undefined} />
        </div>
        <ButtonLink to={docsPath(site.card.ref)}>{text.more} →</ButtonLink>
      </>
    );
  }
  if (page.error instanceof ApiError && page.error.status === 404) {
    return <EmptyState hint={text.noneHint} />;
  }
  if (page.error) return <ErrorState error={page.error} onRetry={() => void page.refetch()} />;
  return <SkeletonRows />;
}

function Ways({ site: { card } }: { site: DocSite }) {
  return (
    <p className={styles.open}>
      <ButtonLink to={docsPath(card.ref)} variant="filled">
        {text.open}
      </ButtonLink>
      {card.problems > 0 && (
        <ButtonLink to="/docs/problems" search={{ site: card.ref }}>
          <Status tone="warn">{docsMessages.problems(card.problems)}</Status>
        </ButtonLink>
      )}
    </p>
  );
}

function Pages({ site: { card, nav } }: { site: DocSite }) {
  if (nav.length === 0) return null;
  return (
    <Section title={text.contents}>
      <nav aria-label={text.contents}>
        <NavTree siteRef={card.ref} nav={nav} here={{}} version={undefined} />
      </nav>
    </Section>
  );
}

/** How the documentation of a thing begins, and the way to the rest. */
export function EntityDocs({ entityRef }: { entityRef: string }) {
  const site = useQuery(siteQuery(entityRef));
  if (site.error instanceof ApiError && site.error.status === 404) {
    return <EmptyState title={text.none} hint={text.noneHint} />;
  }
  if (site.error) return <ErrorState error={site.error} onRetry={() => void site.refetch()} />;
  if (!site.data) return <SkeletonRows />;
  const { parts, card } = site.data;
  return (
    <div className={styles.columns}>
      <div>
        <Ways site={site.data} />
        {card.pages > 0 && <FirstPage site={site.data} />}
        {parts.length > 0 && (
          <Section title={text.parts}>
            <SiteRows label={text.parts} cards={parts} />
          </Section>
        )}
        {card.pages === 0 && parts.length === 0 && <EmptyState title={text.none} hint={text.noneHint} />}
      </div>
      <Pages site={site.data} />
    </div>
  );
}
