import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Row } from '#server/catalog/contract.ts';
import { cx } from '#web/kit/cx.ts';
import { useListKeys } from '#web/kit/list-keys.ts';
import { messages } from '#web/kit/messages.ts';
import { columnViews } from './columns.tsx';
import styles from './list.module.css';
import type { ColumnId } from './state.ts';
import { type Order, TableHead } from './table-head.tsx';
import { useWidths } from './use-widths.ts';

const text = messages.catalog;
const ROW_HEIGHT = 38;
const STICKY_ABOVE = 96;
const HEAD_HEIGHT = 34;

/** Rows can be chosen by keyboard, which makes the table a grid to those who hear it. */
function gridProps(total: number, active: number | undefined) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': text.table,
    'aria-describedby': 'table-keys',
    'aria-rowcount': total + 1,
    'aria-activedescendant': active === undefined ? undefined : rowId(active),
  };
}
const rowId = (index: number) => `row-${index}`;

interface Props extends Order {
  /** Whether the edges of the columns can be moved. */
  resizable: boolean;
  total: number;
  behind: boolean;
  rowAt: (index: number) => Row | undefined;
  onRange: (first: number, last: number) => void;
  peek: string | undefined;
  onPeek: (ref: string | undefined) => void;
  onOpen: (ref: string) => void;
}

function useRows({ total, onRange }: Pick<Props, 'total' | 'onRange'>) {
  const table = useRef<HTMLTableElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => {
    const measure = () =>
      setMargin((table.current?.getBoundingClientRect().top ?? 0) + window.scrollY + HEAD_HEIGHT);
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
    scrollPaddingStart: STICKY_ABOVE,
    scrollPaddingEnd: ROW_HEIGHT * 2,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [first, last, onRange]);
  const above = (items[0]?.start ?? margin) - margin;
  const below = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin);
  return { table, virtualizer, items, above, below };
}

/** Stands in for rows that are far from the viewport. */
function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden="true" className={styles.gap}>
      <tr>
        <td colSpan={columns} style={{ height }} />
      </tr>
    </tbody>
  );
}

interface LineProps {
  index: number;
  row: Row | undefined;
  columns: readonly ColumnId[];
  active: boolean;
  peeked: boolean;
}

/** Drawn once for each row that comes near: while the page scrolls, those that are there stay as they are. */
const Line = memo(function Line({ index, row, columns, active, peeked }: LineProps) {
  return (
    <tr
      id={rowId(index)}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={peeked}
      className={cx(styles.row, active && styles.active)}
    >
      {columns.map((id) => (
        <td key={id} className={cx(columnViews[id].numeric && styles.numeric)}>
          {row ? columnViews[id].cell(row) : <span className={styles.bone} />}
        </td>
      ))}
    </tr>
  );
});

function useActive(props: Props, scrollTo: (index: number) => void) {
  const { total, rowAt, peek, onPeek, onOpen } = props;
  const [active, setActive] = useState(-1);
  const move = (index: number) => {
    setActive(index);
    scrollTo(index);
    const row = rowAt(index);
    if (peek && row) onPeek(row.ref);
  };
  const look = (index: number) => {
    const ref = rowAt(index)?.ref;
    setActive(index);
    onPeek(ref === peek ? undefined : ref);
  };
  const open = (index: number) => {
    const row = rowAt(index);
    if (row) onOpen(row.ref);
  };
  const keys = { ' ': look, Escape: () => onPeek(undefined) };
  const onKeyDown = useListKeys({ size: total, active, onMove: move, onOpen: open, keys });
  const onClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const index = target.closest('tr')?.dataset.index;
    if (index !== undefined && !target.closest('a, button')) look(Number(index));
  };
  return { active, setActive, onKeyDown, onClick };
}

/** Any number of rows: only those near the viewport exist, the page itself scrolls. */
export function CatalogTable(props: Props) {
  const { columns, total, rowAt, peek } = props;
  const { table, virtualizer, items, above, below } = useRows(props);
  const { active, setActive, onKeyDown, onClick } = useActive(props, (index) =>
    virtualizer.scrollToIndex(index),
  );
  const { widths, resizing } = useWidths(table, columns, props.resizable);
  const shown = items.some((item) => item.index === active);
  return (
    <>
      <table
        {...gridProps(total, shown ? active : undefined)}
        ref={table}
        className={cx(styles.grid, props.behind && styles.behind)}
        onFocus={(event) =>
          event.target === event.currentTarget && active < 0 && setActive(items[0]?.index ?? 0)
        }
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <TableHead
          columns={columns}
          widths={widths}
          resizing={resizing}
          sort={props.sort}
          direction={props.direction}
          onSort={props.onSort}
        />
        <Gap height={above} columns={columns.length} />
        <tbody>
          {items.map(({ key, index }) => {
            const row = rowAt(index);
            return (
              <Line
                key={key}
                index={index}
                row={row}
                columns={columns}
                active={index === active}
                peeked={row !== undefined && row.ref === peek}
              />
            );
          })}
        </tbody>
        <Gap height={below} columns={columns.length} />
      </table>
      <p id="table-keys" className="visually-hidden">
        {text.keys}
      </p>
    </>
  );
}
