import { ArrowDown, ArrowUp } from 'lucide-react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import { columnViews } from './columns.tsx';
import styles from './list.module.css';
import type { ColumnId } from './state.ts';

const text = messages.catalog;

export interface Order {
  columns: readonly ColumnId[];
  sort: string;
  direction: 'asc' | 'desc';
  onSort: (sort: string) => void;
}

export function TableHead({ columns, sort, direction, onSort }: Order) {
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <>
      <colgroup>
        {columns.map((id) => (
          <col key={id} style={{ width: columnViews[id].width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((id) => {
            const { sort: order, numeric } = columnViews[id];
            const sorted = order === sort;
            const ariaSort = sorted ? (direction === 'asc' ? 'ascending' : 'descending') : undefined;
            return (
              <th key={id} scope="col" aria-sort={ariaSort} className={cx(numeric && styles.numeric)}>
                {order ? (
                  <button
                    type="button"
                    className={styles.sort}
                    title={text.sortBy(text.column[id])}
                    onClick={() => onSort(order)}
                  >
                    {text.column[id]}
                    {sorted && <Arrow size={13} aria-hidden="true" />}
                  </button>
                ) : (
                  text.column[id]
                )}
              </th>
            );
          })}
        </tr>
      </thead>
    </>
  );
}
