import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './kit.module.css';
import { ariaSort, type Order, SortButton } from './sort-button.tsx';

export interface Column<T> {
  id: string;
  label: string;
  cell: (item: T) => ReactNode;
  numeric?: boolean;
  /** Its head is said, not shown. */
  plain?: boolean;
  /** By which the list can be put in order, where the table has one. */
  sort?: string;
  /** Left out where the window is narrow. */
  wideOnly?: boolean;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Absent where the order is what it is. */
  order?: Order;
}

function Head<T>({ column: { label, plain, sort }, order }: { column: Column<T>; order: Order | undefined }) {
  if (order && sort) return <SortButton id={sort} label={label} order={order} />;
  return plain ? <span className="visually-hidden">{label}</span> : label;
}

/** A short table, all of it on the page. */
export function DataTable<T>({ label, columns, items, keyOf, order }: Props<T>) {
  const classOf = (column: Column<T>) =>
    cx(column.numeric && styles.numeric, column.wideOnly && styles.wideOnly);
  return (
    <section className={styles.tableWrap} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={classOf(column)}
                aria-sort={order && ariaSort(column.sort, order)}
              >
                <Head column={column} order={order} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={keyOf(item)}>
              {columns.map((column) => (
                <td key={column.id} className={classOf(column)}>
                  {column.cell(item)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
