import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count, counted, duration } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { Time } from '#web/kit/time.tsx';
import { useUrl } from '#web/kit/url.ts';
import { ProblemTable } from './problem-table.tsx';
import { problemsQuery, type Sources, sourcesQuery } from './queries.ts';
import { RemovedList } from './removed-list.tsx';
import { SourceState } from './source-state.tsx';
import styles from './sources.module.css';
import { SyncButton } from './sync-button.tsx';

const text = messages.sources;
type Source = Sources['sources'][number];

const columns: readonly Column<Source>[] = [
  {
    id: 'source',
    label: text.source,
    cell: (source) => (
      <span className={styles.source}>
        <Link to={`/sources/${encodeURIComponent(source.id)}`}>{source.title}</Link>
        <code>{source.target}</code>
        {source.error && (
          <span className={styles.bad}>
            {source.error.message}. {source.error.remedy}
          </span>
        )}
      </span>
    ),
  },
  { id: 'state', label: text.status, cell: (source) => <SourceState source={source} /> },
  {
    id: 'age',
    label: text.age,
    wideOnly: true,
    cell: (source) => (
      <span
        className={source.stale ? styles.warn : styles.dim}
        title={text.promise(duration(source.promiseSeconds))}
      >
        <Time at={source.confirmedAt} />
      </span>
    ),
  },
  { id: 'parts', label: text.parts, numeric: true, wideOnly: true, cell: (source) => count(source.parts) },
  {
    id: 'entities',
    label: text.entities,
    numeric: true,
    wideOnly: true,
    cell: (source) => count(source.entities),
  },
  {
    id: 'problems',
    label: text.problems,
    numeric: true,
    wideOnly: true,
    cell: (source) =>
      source.problems > 0 ? <span className={styles.bad}>{count(source.problems)}</span> : '0',
  },
  {
    id: 'sync',
    label: text.sync,
    plain: true,
    numeric: true,
    cell: (source) => <SyncButton id={source.id} title={source.title} reading={source.state === 'reading'} />,
  },
];

function AllProblems() {
  const problems = useQuery(problemsQuery());
  return <Load query={problems}>{({ items }) => <ProblemTable problems={items} withSource />}</Load>;
}

function List() {
  const sources = useQuery(sourcesQuery());
  return (
    <>
      <Load query={sources} rows={3}>
        {(data) =>
          data.sources.length === 0 ? (
            <EmptyState title={text.empty} hint={text.emptyHint} />
          ) : (
            <DataTable
              label={text.title}
              columns={columns}
              items={data.sources}
              keyOf={(source) => source.id}
            />
          )
        }
      </Load>
      <div className={styles.below}>
        <Section title={text.removed}>
          <RemovedList />
        </Section>
      </div>
    </>
  );
}

export function SourcesPage() {
  const url = useUrl();
  const sources = useQuery(sourcesQuery());
  const all = sources.data?.sources ?? [];
  const problems = all.reduce((sum, source) => sum + source.problems, 0);
  const value = url.one('tab') === 'problems' ? 'problems' : 'sources';
  const tabs = [
    { id: 'sources', label: text.title },
    { id: 'problems', label: text.problems, count: problems },
  ] as const;
  const facts = sources.data && (
    <>
      <span>{counted(all.length, 'source')}</span>
      <span>
        {counted(
          all.reduce((sum, source) => sum + source.entities, 0),
          'thing',
        )}
      </span>
    </>
  );
  return (
    <>
      <PageHead title={text.title} facts={facts} />
      <div className={styles.page}>
        <Tabs
          label={text.title}
          tabs={tabs}
          value={value}
          onChange={(id) => url.set({ tab: id === 'sources' ? undefined : id }, { push: true })}
        >
          {value === 'problems' ? <AllProblems /> : <List />}
        </Tabs>
      </div>
    </>
  );
}
