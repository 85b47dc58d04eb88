import { type KeyboardEvent, useCallback, useState } from 'react';

const steps: Record<string, readonly [down: number, right: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** One of many cells takes part in the order of the Tab key; arrows move to the others. */
export function useGridFocus() {
  const [focused, setFocused] = useState<readonly [row: number, column: number]>([0, 0]);
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const step = steps[event.key];
    const { row, column } = event.currentTarget.dataset;
    if (!step || row === undefined || column === undefined) return;
    const next = `[data-row="${Number(row) + step[0]}"][data-column="${Number(column) + step[1]}"]`;
    const cell = event.currentTarget.closest('table')?.querySelector<HTMLElement>(next);
    event.preventDefault();
    cell?.focus();
  }, []);
  const onFocus = useCallback((row: number, column: number) => setFocused([row, column]), []);
  return { focused, onKeyDown, onFocus };
}
