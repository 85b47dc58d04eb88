import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { type Review, reviewQuery } from '../queries.ts';
import { DecidedList } from './decided-list.tsx';
import { Queue } from './queue.tsx';
import styles from './review.module.css';

const text = messages.review;
const PAGE = 50;

function Pager({
  offset,
  total,
  onMove,
}: {
  offset: number;
  total: number;
  onMove: (offset: number) => void;
}) {
  if (total <= PAGE) return null;
  return (
    <div className={styles.pager}>
      <Button disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - PAGE))}>
        {text.newer}
      </Button>
      <Button disabled={offset + PAGE >= total} onClick={() => onMove(offset + PAGE)}>
        {text.older}
      </Button>
    </div>
  );
}

function Content({ state, data }: { state: 'open' | 'decided'; data: Review }) {
  if (state === 'decided') {
    return data.decided.length === 0 ? (
      <EmptyState title={text.noDecided} />
    ) : (
      <DecidedList decided={data.decided} />
    );
  }
  return data.items.length === 0 ? (
    <EmptyState title={text.empty} hint={text.emptyHint} />
  ) : (
    <Queue items={data.items} />
  );
}

/** What was found and nobody declared: one decision each. */
export function ReviewPage() {
  const url = useUrl();
  const state = url.one('state') === 'decided' ? 'decided' : 'open';
  const offset = Number(url.one('offset') ?? 0) || 0;
  const review = useQuery(reviewQuery(state, offset));
  const tabs = [
    { id: 'open', label: text.open },
    { id: 'decided', label: text.decided },
  ] as const;
  const facts = review.data && state === 'open' && <span>{text.facts(review.data.total)}</span>;
  return (
    <>
      <PageHead title={text.title} facts={facts} />
      <Tabs
        label={text.states}
        tabs={tabs}
        value={state}
        onChange={(id) =>
          url.set({ state: id === 'open' ? undefined : id, offset: undefined }, { push: true })
        }
      >
        <Load query={review}>
          {(data) => (
            <>
              <Content state={state} data={data} />
              <Pager
                offset={offset}
                total={data.total}
                onMove={(to) => url.set({ offset: to ? String(to) : undefined }, { push: true })}
              />
            </>
          )}
        </Load>
      </Tabs>
    </>
  );
}
