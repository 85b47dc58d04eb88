import { useLocalStorage } from '@mantine/hooks';
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { columnViews } from './columns.tsx';
import type { Resizing } from './resize-handle.tsx';
import type { ColumnId } from './state.ts';
import { fitted, type Widths } from './widths.ts';

function useTableWidth(table: RefObject<HTMLTableElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = table.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, [table]);
  return width;
}

/** The widths in force; what a person draws stays in this browser, since it fits her screen and not a colleague's. */
export function useWidths(
  table: RefObject<HTMLTableElement | null>,
  columns: readonly ColumnId[],
  resizable: boolean,
): { widths: Widths; resizing: Resizing | undefined } {
  const tableWidth = useTableWidth(table);
  const [own, setOwn, reset] = useLocalStorage<Widths>({
    key: 'atrium-column-widths',
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const widths = useMemo(() => {
    const wished = columns.map((id) => [id, (resizable && own[id]) || columnViews[id].width]);
    return fitted(Object.fromEntries(wished), columns, tableWidth);
  }, [columns, own, resizable, tableWidth]);
  const onResize = (drawn: Widths) => setOwn((before) => ({ ...before, ...drawn }));
  return { widths, resizing: resizable ? { onResize, onReset: reset } : undefined };
}
