import { useEffect, useRef } from 'react';

const typing = 'input, textarea, select, [contenteditable], [role="tab"], [role="listbox"], [role="grid"]';

/** Whether a single key is meant for the page, and not for what is focused or open on it. */
function isForPage(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return false;
  const target = event.target as HTMLElement;
  return !target.matches(typing) && document.querySelector('[role="dialog"]') === null;
}

/**
 * Single keys of a page. They come before those of the whole app, so that `/` looks in what is open.
 * @param keys by what is typed.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const run = current.current[event.key];
      if (!run || !isForPage(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      run();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}

export function useSlash(run: () => void): void {
  useKeys({ '/': run });
}
