/** What was visited lately, kept in this browser only. */
import { useSyncExternalStore } from 'react';

export interface Visit {
  ref: string;
  kind: string;
  name: string;
  title: string | null;
  type: string | null;
  at: string;
  /** Of what is no entity; then `ref` only tells it from others. */
  path?: string;
}

const KEY = 'atrium-recent';
const KEPT = 12;
const listeners = new Set<() => void>();
let visits: readonly Visit[] | undefined;

function load(): readonly Visit[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(stored) ? (stored as Visit[]) : [];
  } catch {
    return [];
  }
}

function current(): readonly Visit[] {
  visits ??= load();
  return visits;
}

export function rememberVisit(visit: Omit<Visit, 'at'>): void {
  const rest = current().filter((one) => one.ref !== visit.ref);
  visits = [{ ...visit, at: new Date().toISOString() }, ...rest].slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(visits));
  } catch {
    // Storage is refused: the list lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

export function useRecent(): readonly Visit[] {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, current);
}
