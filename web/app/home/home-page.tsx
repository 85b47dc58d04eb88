import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { changesQuery, summaryQuery } from '#web/catalog/queries.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { count, counted } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { useRecent } from '#web/kit/recent.ts';
import { Reserved } from '#web/kit/reserved.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Time } from '#web/kit/time.tsx';
import { VisitLink } from '#web/kit/visit-link.tsx';
import { MineSections } from '#web/ownership/mine.tsx';
import { sourcesQuery } from '#web/sources/queries.ts';
import { Attention } from './attention.tsx';
import styles from './home.module.css';
import { Inventory } from './inventory.tsx';

/** The pages of standards are no part of the first load. */
const MyStandards = lazy(() =>
  import('#web/scorecards/my-standards.tsx').then((module) => ({ default: module.MyStandards })),
);

const text = messages.home;
const CHANGES = 12;

function Changes() {
  const changes = useQuery(changesQuery({ limit: CHANGES }));
  return (
    <Section title={text.changes}>
      <Load query={changes}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{text.noChanges}</p>
          ) : (
            <ul>
              {items.map((change) => (
                <li key={change.seq} className={styles.row}>
                  <EntityLink entityRef={change.ref} kind={change.kind} glyph />
                  <span className={styles.hint}>
                    {messages.entity.change[change.change].toLowerCase()}
                    {change.fields.length > 0 &&
                      `: ${change.fields
                        .map((field) => field.field)
                        .slice(0, 3)
                        .join(', ')}`}
                  </span>
                  <span className={styles.end}>
                    <Time at={change.at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </Section>
  );
}

function Recent() {
  const recent = useRecent();
  return (
    <Section title={text.recent}>
      {recent.length === 0 && <p className={styles.quiet}>{text.noRecent}</p>}
      <ul>
        {recent.slice(0, 6).map((visit) => (
          <li key={visit.ref} className={styles.row}>
            <VisitLink visit={visit} />
            <span className={styles.end}>
              <Time at={visit.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Welcome() {
  return (
    <EmptyState
      title={text.empty}
      hint={text.emptyHint}
      action={
        <ButtonLink to="/sources" search={{}}>
          {text.emptyDo}
        </ButtonLink>
      }
    />
  );
}

export function HomePage() {
  const summary = useQuery(summaryQuery());
  const sources = useQuery(sourcesQuery());
  // An empty catalog of a source that cannot be read wants that mended, not a welcome.
  const failing = sources.data?.sources.some((source) => source.state === 'failed');
  const facts = summary.data && (
    <>
      <span>
        <b>{count(summary.data.total)}</b> things in the catalog
      </span>
      <span>
        from <b>{counted(sources.data?.sources.length ?? 0, 'source')}</b>
      </span>
    </>
  );
  return (
    <>
      <PageHead title={text.title} facts={facts} />
      <div className={styles.columns}>
        <div>
          <MineSections />
          <Suspense fallback={<Reserved name="home-standards" waiting />}>
            <MyStandards />
          </Suspense>
          <Load query={summary} rows={4} title={text.attention}>
            {(data) =>
              data.total === 0 && sources.data?.ready && !failing ? (
                <Welcome />
              ) : (
                <Attention summary={data} sources={sources.data} />
              )
            }
          </Load>
          <Changes />
        </div>
        <div>
          <Recent />
          {summary.data && summary.data.total > 0 && <Inventory summary={summary.data} />}
        </div>
      </div>
    </>
  );
}
