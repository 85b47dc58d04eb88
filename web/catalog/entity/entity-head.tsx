import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { annotations } from '#model/entity.ts';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { safeHref } from '#web/kit/href.ts';
import { KindGlyph, kindAndType } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { isOwnable } from '#web/kit/ownable.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { entityPath, refName } from '#web/kit/ref.ts';
import { Status } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import { OwnerFact } from '../owner-fact.tsx';
import { decide } from '../queries.ts';
import styles from './entity.module.css';
import { metadataOf } from './metadata.ts';

const text = messages.entity;

function Freshness({ record }: { record: GoldenRecord }) {
  if (record.row.freshness === 'orphaned') return <Status tone="bad">{text.orphaned}</Status>;
  if (record.row.freshness === 'stale') {
    return (
      <Status tone="warn">
        {text.stale} <Time at={record.confirmedAt} />
      </Status>
    );
  }
  if (!record.confirmedAt) return <span>{text.notConfirmed}</span>;
  return (
    <span className={styles.confirmed}>
      {text.confirmed} <Time at={record.confirmedAt} />
    </span>
  );
}

function Accept({ entityRef }: { entityRef: string }) {
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: () => decide({ refs: [entityRef], decision: 'accept' }),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <Button variant="filled" loading={accept.isPending} onClick={() => accept.mutate()}>
      {accept.error ? accept.error.message : text.accept}
    </Button>
  );
}

function Actions({ record }: { record: GoldenRecord }) {
  const { annotations: notes } = metadataOf(record);
  const repository = safeHref(notes[annotations.sourceLocation] ?? notes[annotations.viewUrl]);
  const unreviewed = record.row.review === 'unreviewed';
  return (
    <>
      {repository && (
        <Button
          component="a"
          href={repository}
          target="_blank"
          rel="noreferrer"
          variant={unreviewed ? 'default' : 'filled'}
        >
          {text.openRepository}
        </Button>
      )}
      {unreviewed && <Accept entityRef={record.row.ref} />}
    </>
  );
}

/** What it is, in which state, whose, how sure; and the main thing to do. */
export function EntityHead({ record }: { record: GoldenRecord }) {
  const { row } = record;
  const crumbs = [
    { label: messages.catalog.title, to: '/catalog' },
    ...(row.system ? [{ label: refName(row.system), to: entityPath(row.system) }] : []),
  ];
  const facts = (
    <>
      <span>
        {kindAndType(row.kind, row.type)}
        {row.lifecycle && (
          <>
            {' · '}
            <b>{row.lifecycle}</b>
          </>
        )}
      </span>
      {isOwnable(row.kind) && (
        <span>
          {text.owner} <OwnerFact record={record} />
        </span>
      )}
      <Freshness record={record} />
      {record.problems.length > 0 && <Status tone="bad">{text.problem(record.problems.length)}</Status>}
      {row.review === 'unreviewed' && (
        <Status tone="warn">
          <Link to="/review">{text.unreviewed}</Link>
        </Status>
      )}
    </>
  );
  return (
    <PageHead
      title={row.title ?? row.name}
      mark={<KindGlyph kind={row.kind} type={row.type} large />}
      crumbs={crumbs}
      facts={facts}
      actions={<Actions record={record} />}
    />
  );
}
