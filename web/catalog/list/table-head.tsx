import { ArrowDown, ArrowUp } from 'lucide-react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import { columnViews } from './columns.tsx';
import styles from './list.module.css';
import { ResizeHandle, type Resizing } from './resize-handle.tsx';
import type { ColumnId } from './state.ts';
import type { Widths } from './widths.ts';

const text = messages.catalog;

export interface Order {
  columns: readonly ColumnId[];
  sort: string;
  direction: 'asc' | 'desc';
  onSort: (sort: string) => void;
}

interface Props extends Order {
  widths: Widths;
  /** Absent where the columns stay as they are. */
  resizing: Resizing | undefined;
}

function SortButton({ id, sort, direction, onSort }: Omit<Order, 'columns'> & { id: ColumnId }) {
  const { sort: order } = columnViews[id];
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  if (!order) return text.column[id];
  return (
    <button
      type="button"
      className={styles.sort}
      title={text.sortBy(text.column[id])}
      onClick={() => onSort(order)}
    >
      {text.column[id]}
      {order === sort && <Arrow size={13} aria-hidden="true" />}
    </button>
  );
}

export function TableHead({ columns, widths, resizing, ...order }: Props) {
  const sortOf = (id: ColumnId) => {
    if (columnViews[id].sort !== order.sort) return undefined;
    return order.direction === 'asc' ? 'ascending' : 'descending';
  };
  return (
    <>
      <colgroup>
        {columns.map((id) => (
          <col key={id} style={{ width: widths[id] ?? 'auto' }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((id, index) => (
            <th
              key={id}
              scope="col"
              aria-sort={sortOf(id)}
              className={cx(columnViews[id].numeric && styles.numeric)}
            >
              {resizing && index > 0 && (
                <ResizeHandle id={id} columns={columns} width={widths[id] ?? 0} {...resizing} />
              )}
              <SortButton id={id} {...order} />
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}
