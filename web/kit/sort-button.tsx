import { ArrowDown, ArrowUp } from 'lucide-react';
import { messages } from './messages.ts';
import styles from './sort-button.module.css';

export interface Order {
  sort: string;
  direction: 'asc' | 'desc';
  onSort: (sort: string) => void;
}

/** For `aria-sort` of the head in which the button stands. */
export function ariaSort(id: string | undefined, { sort, direction }: Pick<Order, 'sort' | 'direction'>) {
  if (id !== sort) return undefined;
  return direction === 'asc' ? 'ascending' : 'descending';
}

/** The head of a column by which a list can be put in order. */
export function SortButton({ id, label, order }: { id: string; label: string; order: Order }) {
  const Arrow = order.direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      className={styles.sort}
      title={messages.catalog.sortBy(label)}
      onClick={() => order.onSort(id)}
    >
      {label}
      {id === order.sort && <Arrow size={13} aria-hidden="true" />}
    </button>
  );
}
