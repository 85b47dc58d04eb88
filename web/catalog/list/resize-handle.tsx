import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { messages } from '#web/kit/messages.ts';
import styles from './list.module.css';
import type { ColumnId } from './state.ts';
import { MIN_WIDTH, movedEdge, type Widths } from './widths.ts';

const text = messages.catalog;
const STEP = 16;
const steps: Record<string, number> = { ArrowLeft: -STEP, ArrowRight: STEP };
const MAX_WIDTH = 800;

export interface Resizing {
  onResize: (widths: Widths) => void;
  /** Back to the widths that the columns come with. */
  onReset: () => void;
}

interface Props extends Resizing {
  id: ColumnId;
  columns: readonly ColumnId[];
  width: number;
}

/** The edge before a column: dragged, or moved with the arrow keys; a double click or Enter lets go of all widths. */
export function ResizeHandle({ id, columns, width, onResize, onReset }: Props) {
  const handle = useRef<HTMLHRElement>(null);
  const start = useRef<{ x: number; widths: number[] }>(undefined);
  const measured = () => {
    const cells = handle.current?.closest('tr')?.cells ?? [];
    return [...cells].map((cell) => cell.offsetWidth);
  };
  const move = (widths: readonly number[], by: number) => {
    const moved = movedEdge(widths, columns.indexOf(id), by);
    onResize(Object.fromEntries(columns.map((column, at) => [column, moved[at]]).slice(1)));
  };
  const onPointerDown = (event: PointerEvent) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, widths: measured() };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) move(start.current.widths, event.clientX - start.current.x);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (step === undefined) onReset();
    else move(measured(), step);
  };
  return (
    <hr
      ref={handle}
      aria-orientation="vertical"
      aria-label={text.resize(text.column[id])}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      tabIndex={0}
      className={styles.edge}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onDoubleClick={onReset}
      onKeyDown={onKeyDown}
    />
  );
}
