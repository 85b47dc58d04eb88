import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './kit.module.css';

export interface Column<T> {
  id: string;
  label: string;
  cell: (item: T) => ReactNode;
  numeric?: boolean;
  /** Its head is said, not shown. */
  plain?: boolean;
  /** Left out where the window is narrow. */
  wideOnly?: boolean;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  items: readonly T[];
  keyOf: (item: T) => string;
}

/** A short table, all of it on the page. */
export function DataTable<T>({ label, columns, items, keyOf }: Props<T>) {
  const classOf = (column: Column<T>) =>
    cx(column.numeric && styles.numeric, column.wideOnly && styles.wideOnly);
  return (
    <section className={styles.tableWrap} aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={classOf(column)}>
                {column.plain ? <span className="visually-hidden">{column.label}</span> : column.label}
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
