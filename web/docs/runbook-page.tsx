import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { safeHref } from '#web/kit/href.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './docs.module.css';
import { type Runbook, runbooksQuery } from './queries.ts';

const text = docsMessages.runbooks;

function Target({ runbook: { href, title } }: { runbook: Runbook }) {
  const outside = href.startsWith('/') ? undefined : safeHref(href);
  return outside ? <a href={outside}>{title}</a> : <Link to={href}>{title}</Link>;
}

function Choice({ items }: { items: readonly Runbook[] }) {
  return (
    <ul className={styles.list}>
      {items.map((runbook) => (
        <li key={runbook.href} className={styles.gap}>
          <p>
            <Target runbook={runbook} />
          </p>
          <p className={styles.where}>
            <span>{runbook.entity}</span>
            {runbook.owner && <span>{runbook.owner.title}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Where an alert leads whose `runbook_url` is `/runbooks/NAME`: on to the page that tells what to do about it. */
export function RunbookPage() {
  const { alert } = useParams({ strict: false }) as { alert: string };
  const entity = useUrl().one('entity');
  const runbooks = useQuery(runbooksQuery({ alert, entity }));
  const [only, ...others] = runbooks.data?.items ?? [];
  // Somebody else's page is opened by whoever reads its address, never by itself.
  if (only?.href.startsWith('/') && others.length === 0) return <Navigate to={only.href} replace />;
  return (
    <>
      <PageHead title={text.title(alert)} crumbs={[{ label: docsMessages.title, to: '/docs' }]} />
      <div className={styles.page}>
        <Load query={runbooks}>
          {({ items }) =>
            items.length > 0 ? (
              <Choice items={items} />
            ) : (
              <EmptyState
                title={text.none(alert)}
                hint={text.noneHint(alert)}
                action={
                  <ButtonLink to="/docs" search={{ q: alert }}>
                    {text.search}
                  </ButtonLink>
                }
              />
            )
          }
        </Load>
      </div>
    </>
  );
}
