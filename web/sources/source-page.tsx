import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { count, counted, duration } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { anyKind } from '#web/kit/software.ts';
import { Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import { useUrl } from '#web/kit/url.ts';
import { ProblemTable } from './problem-table.tsx';
import { type SourceDetail, sourceQuery } from './queries.ts';
import { SourceState } from './source-state.tsx';
import styles from './sources.module.css';
import { SyncButton } from './sync-button.tsx';

const text = messages.sources;
type Part = SourceDetail['parts'][number];
const SHOWN = 300;
const REVISION = 10;

const columns: readonly Column<Part>[] = [
  {
    id: 'part',
    label: text.part,
    cell: (part) => <code className={styles.part}>{part.part.replace('//', '/')}</code>,
  },
  {
    id: 'state',
    label: text.status,
    wideOnly: true,
    cell: (part) => (
      <Status tone={part.failed ? 'bad' : 'good'}>{part.failed ? text.failedPart : text.read}</Status>
    ),
  },
  {
    id: 'revision',
    label: text.revision,
    wideOnly: true,
    cell: (part) => <code>{part.revision?.slice(0, REVISION)}</code>,
  },
  { id: 'entities', label: text.entities, numeric: true, cell: (part) => count(part.entities) },
  { id: 'at', label: text.age, numeric: true, cell: (part) => <Time at={part.readAt} /> },
];

function Parts({ parts }: { parts: readonly Part[] }) {
  const url = useUrl();
  const words = url.one('q') ?? '';
  const shown = parts.filter((part) => part.part.toLowerCase().includes(words.toLowerCase())).slice(0, SHOWN);
  return (
    <>
      <TextInput
        className={styles.filter ?? ''}
        type="search"
        aria-label={text.filterParts}
        placeholder={text.filterParts}
        value={words}
        onChange={(event) => url.set({ q: event.currentTarget.value })}
      />
      <DataTable label={text.parts} columns={columns} items={shown} keyOf={(part) => part.part} />
    </>
  );
}

function Head({ detail }: { detail: SourceDetail }) {
  const { source } = detail;
  const facts = (
    <>
      <SourceState source={source} />
      <span>
        {text.age.toLowerCase()} <Time at={source.confirmedAt} />,{' '}
        {text.promise(duration(source.promiseSeconds))}
      </span>
      <Link to="/catalog" search={{ kind: anyKind }}>
        {counted(source.entities, 'thing')}
      </Link>
      <code>{source.target}</code>
    </>
  );
  return (
    <PageHead
      title={source.title}
      crumbs={[{ label: text.back, to: '/sources' }]}
      facts={facts}
      actions={<SyncButton id={source.id} title={source.title} reading={source.state === 'reading'} />}
    />
  );
}

export function SourcePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const detail = useQuery(sourceQuery(id));
  if (!detail.data) {
    return (
      <>
        <PageHead title={id} crumbs={[{ label: text.back, to: '/sources' }]} />
        <Load query={detail}>{() => null}</Load>
      </>
    );
  }
  const { source, problems, parts } = detail.data;
  return (
    <>
      <Head detail={detail.data} />
      <div className={styles.detail}>
        {source.error && (
          <div className={styles.failure} role="alert">
            <Status tone="bad">{source.error.message}</Status>
            <p className={styles.remedy}>{source.error.remedy}</p>
            <p className={styles.place}>
              <code>{source.error.code}</code> <Time at={source.error.at} />
            </p>
          </div>
        )}
        <Section title={text.problems}>
          <ProblemTable problems={problems} />
        </Section>
        <Section title={text.parts} more={count(parts.length)}>
          <Parts parts={parts} />
        </Section>
      </div>
    </>
  );
}
