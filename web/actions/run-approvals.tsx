import { mineFirst } from '#web/kit/mine-first.ts';
import styles from './actions.module.css';
import { ApprovalItem } from './approval-item.tsx';
import type { Approval } from './queries.ts';

/** What runs wait for. */
export function RunApprovals({ approvals }: { approvals: readonly Approval[] }) {
  return (
    <ul className={styles.approvals}>
      {mineFirst(approvals).map((approval) => (
        <li key={approval.id}>
          <ApprovalItem approval={approval} />
        </li>
      ))}
    </ul>
  );
}
