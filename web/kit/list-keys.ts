import { type KeyboardEvent, useCallback } from 'react';

interface Options {
  size: number;
  active: number;
  onMove: (index: number) => void;
  onOpen?: (index: number) => void;
  /** Further single keys, such as `a` for accept. */
  keys?: Record<string, (index: number) => void>;
}

const typing = 'input, textarea, select, [contenteditable], [role=combobox]';
const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1, PageDown: 15, PageUp: -15 };

/** Rows by keyboard: j, k and arrows move, Home and End jump, Enter opens. */
export function useListKeys({ size, active, onMove, onOpen, keys }: Options) {
  return useCallback(
    (event: KeyboardEvent<HTMLElement>) => {
      const target = event.target as HTMLElement;
      if (target.matches(typing) || event.metaKey || event.ctrlKey || event.altKey || size === 0) return;
      const move = (index: number) => {
        event.preventDefault();
        onMove(Math.max(0, Math.min(size - 1, index)));
      };
      const step = steps[event.key];
      if (step !== undefined) move(active + step);
      else if (event.key === 'Home') move(0);
      else if (event.key === 'End') move(size - 1);
      else if (event.key === 'Enter' && onOpen && active >= 0 && !target.matches('a, button')) {
        event.preventDefault();
        onOpen(active);
      } else if (keys?.[event.key] && active >= 0) {
        event.preventDefault();
        keys[event.key]?.(active);
      }
    },
    [size, active, onMove, onOpen, keys],
  );
}
