import { useQuery } from '@tanstack/react-query';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './ownership.module.css';
import { type Requests, requestsQuery } from './queries.ts';
import { RequestItem } from './request-item.tsx';

const text = messages.ownership.approvals;

/** Those that wait for whoever looks come first. */
function inOrder({ items }: Requests): Requests['items'] {
  return items.toSorted((a, b) => Number(b.mayDecide) - Number(a.mayDecide));
}

/** What waits for a decision, and what was decided. */
export function ApprovalsPage() {
  const url = useUrl();
  const state = url.one('state') === 'decided' ? 'decided' : 'open';
  const requests = useQuery(requestsQuery(state));
  const tabs = [
    { id: 'open', label: text.open },
    { id: 'decided', label: text.decided },
  ] as const;
  const facts = requests.data && state === 'open' && <span>{text.facts(requests.data.items.length)}</span>;
  return (
    <>
      <PageHead title={text.title} facts={facts} />
      <Tabs
        label={text.states}
        tabs={tabs}
        value={state}
        onChange={(id) => url.set({ state: id === 'open' ? undefined : id }, { push: true })}
      >
        <Load query={requests}>
          {(data) =>
            data.items.length === 0 ? (
              <EmptyState
                title={state === 'open' ? text.empty : text.noDecided}
                {...(state === 'open' && { hint: text.emptyHint })}
              />
            ) : (
              <ul className={styles.requests}>
                {inOrder(data).map((request) => (
                  <li key={request.id}>
                    <RequestItem request={request} />
                  </li>
                ))}
              </ul>
            )
          }
        </Load>
      </Tabs>
    </>
  );
}
