import styles from './actions.module.css';
import { ApprovalItem } from './approval-item.tsx';
import type { Approval } from './queries.ts';

/** What runs wait for; what waits for whoever looks comes first. */
export function RunApprovals({ approvals }: { approvals: readonly Approval[] }) {
  return (
    <ul className={styles.approvals}>
      {approvals
        .toSorted((a, b) => Number(b.mayDecide) - Number(a.mayDecide))
        .map((approval) => (
          <li key={approval.id}>
            <ApprovalItem approval={approval} />
          </li>
        ))}
    </ul>
  );
}
