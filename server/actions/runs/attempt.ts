/** One call of foreign code, held to a time and told to stop when the run has to. */

export type Attempt<T> =
  | { kind: 'returned'; value: T }
  | { kind: 'threw'; error: unknown }
  /** @param ended whether it stopped when it was told to; else it may still be at it. */
  | { kind: 'stopped'; by: 'run' | 'time'; ended: boolean };

/** For what was told to stop, to put away what it had in hand. */
const GRACE_MS = 5000;

export async function attempt<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { seconds, stop }: { seconds: number; stop: AbortSignal },
): Promise<Attempt<T>> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error(`It took longer than ${seconds} s`)), seconds * 1000);
  const signal = AbortSignal.any([stop, limit.signal]);
  const by = () => (stop.aborted ? 'run' : 'time');
  let grace: NodeJS.Timeout | undefined;
  const hung = new Promise<Attempt<T>>((resolve) => {
    const wait = () => {
      grace = setTimeout(() => resolve({ kind: 'stopped', by: by(), ended: false }), GRACE_MS);
    };
    if (signal.aborted) wait();
    else signal.addEventListener('abort', wait, { once: true });
  });
  try {
    return await Promise.race([outcome(work, signal, by), hung]);
  } finally {
    clearTimeout(timer);
    clearTimeout(grace);
  }
}

async function outcome<T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  by: () => 'run' | 'time',
): Promise<Attempt<T>> {
  try {
    return { kind: 'returned', value: await work(signal) };
  } catch (error) {
    return signal.aborted ? { kind: 'stopped', by: by(), ended: true } : { kind: 'threw', error };
  }
}
