import { mineFirst } from '#web/kit/mine-first.ts';
import styles from './ownership.module.css';
import type { Requests } from './queries.ts';
import { RequestItem } from './request-item.tsx';

/** Who asks to own what. */
export function OwnershipRequests({ requests }: { requests: Requests }) {
  return (
    <ul className={styles.requests}>
      {mineFirst(requests.items).map((request) => (
        <li key={request.id}>
          <RequestItem request={request} />
        </li>
      ))}
    </ul>
  );
}
