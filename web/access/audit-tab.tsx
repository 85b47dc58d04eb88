import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { count } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { EmptyState, ErrorState, SkeletonRows } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './access.module.css';
import { AuditList } from './audit-list.tsx';
import { type AuditFilter, auditExport, auditQuery, verifyAudit } from './queries.ts';

const text = messages.access.audit;
const TYPING_MS = 200;

function Verify() {
  const verifying = useMutation({ mutationFn: verifyAudit });
  const answer = verifying.data;
  return (
    <>
      <Button loading={verifying.isPending} onClick={() => verifying.mutate()}>
        {text.verify}
      </Button>
      {verifying.error && <Status tone="bad">{verifying.error.message}</Status>}
      {answer && (
        <span role="status" title={answer.reason ?? answer.head ?? ''}>
          <Status tone={answer.intact ? 'good' : 'bad'}>
            {answer.intact ? text.intact(answer.entries) : text.broken(answer.brokenAt ?? 0)}
          </Status>
        </span>
      )}
    </>
  );
}

function Tools({ filter }: { filter: AuditFilter }) {
  const url = useUrl();
  return (
    <div className={styles.auditTools}>
      <TextInput
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        value={url.one('q') ?? ''}
        onChange={(event) => url.set({ q: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={text.outcome}
        value={filter.outcome ?? ''}
        data={[
          { value: '', label: text.any },
          ...Object.entries(text.outcomes).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => url.set({ outcome: event.currentTarget.value })}
      />
      <Button component="a" href={auditExport(filter, 'csv')} download>
        {text.csv}
      </Button>
      <Button component="a" href={auditExport(filter, 'json')} download>
        {text.json}
      </Button>
      <Verify />
    </div>
  );
}

/** Who did what, newest first. */
export function AuditTab() {
  const url = useUrl();
  const [words] = useDebouncedValue(url.one('q'), TYPING_MS);
  const filter = { q: words, outcome: url.one('outcome') };
  const audit = useInfiniteQuery(auditQuery(filter));
  const entries = audit.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <Tools filter={filter} />
      {audit.error && <ErrorState error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.isPending && <SkeletonRows />}
      {audit.data && entries.length === 0 && <EmptyState title={text.empty} hint={text.emptyHint} />}
      {entries.length > 0 && (
        <>
          <p className={styles.quiet}>{text.total(audit.data?.pages[0]?.total ?? 0)}</p>
          <AuditList entries={entries} />
        </>
      )}
      {audit.hasNextPage && (
        <Button loading={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
          {text.older}
        </Button>
      )}
      <span className="visually-hidden" role="status">
        {count(entries.length)}
      </span>
    </>
  );
}
