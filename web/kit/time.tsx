import { useSyncExternalStore } from 'react';
import { exactTime, relativeTime } from './format.ts';

const TICK_MS = 10_000;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment, in steps of ten seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** An age that keeps counting, with the exact time on hover. */
export function Time({ at, prefix }: { at: string | null; prefix?: string }) {
  useNow();
  if (!at) return <span>never</span>;
  const text = relativeTime(at, Date.now());
  return (
    <time dateTime={at} title={exactTime(at)}>
      {prefix ? `${prefix} ${text}` : text}
    </time>
  );
}
