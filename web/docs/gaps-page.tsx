import { useQuery } from '@tanstack/react-query';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './docs.module.css';
import { GapItem } from './gap-item.tsx';
import { type Gaps, gapsQuery } from './queries.ts';

const text = docsMessages.gaps;
const states = [
  { id: 'open', label: text.open },
  { id: 'closed', label: text.closed },
] as const;

function List({ items, closed }: Gaps & { closed: boolean }) {
  if (items.length === 0) {
    return closed ? (
      <EmptyState title={text.noneClosed} />
    ) : (
      <EmptyState title={text.empty} hint={text.emptyHint} />
    );
  }
  return (
    <ul className={styles.list}>
      {items.map((gap) => (
        <li key={gap.id}>
          <GapItem gap={gap} />
        </li>
      ))}
    </ul>
  );
}

/** Searches that found nothing: what should be written down, and by whom. */
export function GapsPage() {
  const url = useUrl();
  const closed = url.one('state') === 'closed';
  const gaps = useQuery(gapsQuery({ closed: String(closed) }));
  return (
    <>
      <PageHead
        title={text.title}
        crumbs={[{ label: docsMessages.title, to: '/docs' }]}
        facts={!closed && gaps.data && <span>{text.facts(gaps.data.items.length)}</span>}
      />
      <div className={styles.page}>
        <Tabs
          small
          label={text.states}
          tabs={states}
          value={closed ? 'closed' : 'open'}
          onChange={(id) => url.set({ state: id === 'closed' ? id : undefined }, { push: true })}
        >
          <Load query={gaps}>{(data) => <List items={data.items} closed={closed} />}</Load>
        </Tabs>
      </div>
    </>
  );
}
