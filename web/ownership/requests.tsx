import styles from './ownership.module.css';
import type { Requests } from './queries.ts';
import { RequestItem } from './request-item.tsx';

/** Those that wait for whoever looks come first. */
function inOrder({ items }: Requests): Requests['items'] {
  return items.toSorted((a, b) => Number(b.mayDecide) - Number(a.mayDecide));
}

/** Who asks to own what. */
export function OwnershipRequests({ requests }: { requests: Requests }) {
  return (
    <ul className={styles.requests}>
      {inOrder(requests).map((request) => (
        <li key={request.id}>
          <RequestItem request={request} />
        </li>
      ))}
    </ul>
  );
}
