import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import { ariaSort, SortButton, type Order as SortOrder } from '#web/kit/sort-button.tsx';
import { columnViews } from './columns.tsx';
import styles from './list.module.css';
import { ResizeHandle, type Resizing } from './resize-handle.tsx';
import type { ColumnId } from './state.ts';
import type { Widths } from './widths.ts';

const text = messages.catalog;

export interface Order extends SortOrder {
  columns: readonly ColumnId[];
}

interface Props extends Order {
  widths: Widths;
  /** Absent where the columns stay as they are. */
  resizing: Resizing | undefined;
}

function Head({ id, order }: { id: ColumnId; order: SortOrder }) {
  const { sort } = columnViews[id];
  return sort ? <SortButton id={sort} label={text.column[id]} order={order} /> : text.column[id];
}

export function TableHead({ columns, widths, resizing, ...order }: Props) {
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
              aria-sort={ariaSort(columnViews[id].sort, order)}
              className={cx(columnViews[id].numeric && styles.numeric)}
            >
              {resizing && index > 0 && (
                <ResizeHandle id={id} columns={columns} width={widths[id] ?? 0} {...resizing} />
              )}
              <Head id={id} order={order} />
            </th>
          ))}
        </tr>
      </thead>
    </>
  );
}
