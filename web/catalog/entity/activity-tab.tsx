import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '#web/kit/api.ts';
import { dayOf, valueText } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Time } from '#web/kit/time.tsx';
import type { Change, Changes } from '../queries.ts';
import styles from './entity.module.css';

const text = messages.entity;
const LIMIT = 50;

function useChanges(ref: string) {
  return useInfiniteQuery({
    queryKey: ['activity', ref],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<Changes>('/api/catalog/changes', { ref, limit: LIMIT, before: pageParam }, signal),
    getNextPageParam: (last) => (last.items.length === LIMIT ? last.items.at(-1)?.seq : undefined),
  });
}

function ChangeItem({ change }: { change: Change }) {
  return (
    <li className={styles.change}>
      <div className={styles.changeHead}>
        <b>{text.change[change.change]}</b>
        {change.source && <span className={styles.quiet}>{change.source}</span>}
        <span className={styles.end}>
          <Time at={change.at} />
        </span>
      </div>
      {change.fields.length > 0 && (
        <dl className={styles.diffs}>
          {change.fields.map((field) => (
            <div key={field.field}>
              <dt>
                <code>{field.field}</code>
              </dt>
              <dd>
                <del>
                  <span className="visually-hidden">{text.before} </span>
                  {valueText(field.before)}
                </del>
                <span aria-hidden="true"> → </span>
                <ins>
                  <span className="visually-hidden">{text.after} </span>
                  {valueText(field.after)}
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

function byDay(changes: readonly Change[]): [string, Change[]][] {
  const days = new Map<string, Change[]>();
  for (const change of changes) days.set(dayOf(change.at), [...(days.get(dayOf(change.at)) ?? []), change]);
  return [...days];
}

/** What changed, newest first, with before and after. */
export function ActivityTab({ entityRef }: { entityRef: string }) {
  const query = useChanges(entityRef);
  return (
    <Load query={query}>
      {(data) => {
        const changes = data.pages.flatMap((page) => page.items);
        if (changes.length === 0) return <EmptyState title={text.noActivity} />;
        return (
          <>
            {byDay(changes).map(([day, items]) => (
              <Section key={day} title={day}>
                <ul>
                  {items.map((change) => (
                    <ChangeItem key={change.seq} change={change} />
                  ))}
                </ul>
              </Section>
            ))}
            {query.hasNextPage && (
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {text.older}
              </Button>
            )}
          </>
        );
      }}
    </Load>
  );
}
