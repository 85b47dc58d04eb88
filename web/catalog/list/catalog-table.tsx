import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type CSSProperties, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Row } from '#server/catalog/contract.ts';
import { cx } from '#web/kit/cx.ts';
import { useListKeys } from '#web/kit/list-keys.ts';
import { messages } from '#web/kit/messages.ts';
import { columnViews } from './columns.tsx';
import styles from './list.module.css';
import type { ColumnId } from './state.ts';

const text = messages.catalog;
const ROW_HEIGHT = 38;
const rowId = (index: number) => `row-${index}`;

interface Props {
  columns: readonly ColumnId[];
  total: number;
  behind: boolean;
  rowAt: (index: number) => Row | undefined;
  onRange: (first: number, last: number) => void;
  sort: string;
  direction: 'asc' | 'desc';
  onSort: (sort: string) => void;
  peek: string | undefined;
  onPeek: (ref: string | undefined) => void;
  onOpen: (ref: string) => void;
}

function HeadRow({
  columns,
  sort,
  direction,
  onSort,
}: Pick<Props, 'columns' | 'sort' | 'direction' | 'onSort'>) {
  const Arrow = direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <div role="rowgroup" className={styles.headGroup}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {columns.map((id) => {
          const { sort: order, numeric } = columnViews[id];
          const sorted = order === sort;
          const ariaSort = sorted ? (direction === 'asc' ? 'ascending' : 'descending') : undefined;
          return (
            <div
              key={id}
              role="columnheader"
              aria-sort={ariaSort}
              className={cx(styles.cell, numeric && styles.numeric)}
            >
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
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cells({ columns, row }: { columns: readonly ColumnId[]; row: Row | undefined }) {
  return columns.map((id) => (
    <div key={id} role="gridcell" className={cx(styles.cell, columnViews[id].numeric && styles.numeric)}>
      {row ? columnViews[id].cell(row) : <span className={styles.bone} />}
    </div>
  ));
}

function useGrid({ total, onRange }: Pick<Props, 'total' | 'onRange'>) {
  const body = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, []);
  const virtualizer = useWindowVirtualizer({
    count: total,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: margin,
    scrollPaddingStart: 100,
    scrollPaddingEnd: 80,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [first, last, onRange]);
  return { body, margin, virtualizer, items };
}

/** Any number of rows: only those near the viewport exist, the page itself scrolls. */
export function CatalogTable(props: Props) {
  const { columns, total, rowAt, peek, onPeek, onOpen } = props;
  const { body, margin, virtualizer, items } = useGrid(props);
  const [active, setActive] = useState(-1);
  const move = (index: number) => {
    setActive(index);
    virtualizer.scrollToIndex(index);
    const row = rowAt(index);
    if (peek && row) onPeek(row.ref);
  };
  const togglePeek = (index: number) => {
    const ref = rowAt(index)?.ref;
    onPeek(ref === peek ? undefined : ref);
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row) onOpen(row.ref);
  };
  const onKeyDown = useListKeys({
    size: total,
    active,
    onMove: move,
    onOpen: open,
    keys: { ' ': togglePeek, Escape: () => onPeek(undefined) },
  });
  const grid = { '--columns': columns.map((id) => columnViews[id].width).join(' ') } as CSSProperties;
  return (
    <div
      role="grid"
      className={cx(styles.grid, props.behind && styles.behind)}
      style={grid}
      tabIndex={0}
      aria-label={text.table}
      aria-describedby="table-keys"
      aria-rowcount={total + 1}
      aria-activedescendant={items.some((item) => item.index === active) ? rowId(active) : undefined}
      onFocus={(event) =>
        event.target === event.currentTarget && active < 0 && setActive(items[0]?.index ?? 0)
      }
      onKeyDown={onKeyDown}
    >
      <HeadRow {...props} />
      <div role="rowgroup" ref={body} className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rowAt(item.index);
          return (
            <div
              key={item.key}
              id={rowId(item.index)}
              role="row"
              tabIndex={-1}
              aria-rowindex={item.index + 2}
              aria-selected={row !== undefined && row.ref === peek}
              className={cx(styles.row, item.index === active && styles.active)}
              style={{ transform: `translateY(${item.start - margin}px)` }}
              onClick={(event) => {
                if ((event.target as HTMLElement).closest('a')) return;
                setActive(item.index);
                togglePeek(item.index);
              }}
            >
              <Cells columns={columns} row={row} />
            </div>
          );
        })}
      </div>
      <span id="table-keys" className="visually-hidden">
        {text.keys}
      </span>
    </div>
  );
}
