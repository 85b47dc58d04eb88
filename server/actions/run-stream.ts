/** Follows a run, for as long as somebody listens or until it has ended. */
import type { EventStream } from '../kernel/event-streams.ts';
import { isEnded } from './runs/manage-run.ts';
import type { RunNews } from './runs/news.ts';
import type { RunEvent } from './runs/run-reader.ts';
import type { RunRow } from './runs/run-write.ts';
import type { Runs } from './runs/runs.ts';

/** A sign of life; what a notice failed to tell is told then as well. */
const HEARTBEAT_MS = 15_000;

export interface RunStream {
  id: string;
  /** Id of the last event that is known. */
  after: number;
  /** As it is sent. */
  frame(event: RunEvent, row: RunRow): string;
  /** What is sent when the run has ended, before the stream is closed. */
  last?(row: RunRow): string;
}

interface Deps {
  runs: Runs;
  news: RunNews;
}

/** Until the run or the stream has ended. */
export async function sendRun(deps: Deps, stream: EventStream, run: RunStream): Promise<void> {
  try {
    const ended = await followRun(deps, run.id, run.after, {
      until: (stop) => stream.onEnd(stop),
      pause: () => stream.write(': still here\n\n'),
      take(events, row) {
        for (const event of events) stream.write(run.frame(event, row));
      },
    });
    if (ended && run.last) stream.write(run.last(ended));
  } finally {
    stream.end();
  }
}

interface Follower {
  /** Called once with how to stop. */
  until(stop: () => void): void;
  take(events: RunEvent[], row: RunRow): void;
  /** Nothing happened for a while. */
  pause?(): void;
}

/** @returns the run when it has ended and all of it was told; undefined when it was stopped before. */
export async function followRun(
  { runs, news }: Deps,
  id: string,
  after: number,
  { until, take, pause }: Follower,
): Promise<RunRow | undefined> {
  let known = after;
  let isStopped = false;
  let changed = Promise.withResolvers<void>();
  until(() => {
    isStopped = true;
    changed.resolve();
  });
  const unfollow = news.onRun(id, () => changed.resolve());
  const timer = setInterval(() => {
    pause?.();
    changed.resolve();
  }, HEARTBEAT_MS);
  try {
    while (!isStopped) {
      // What happens from now on is looked for once more.
      changed = Promise.withResolvers<void>();
      const row = await runs.reader.row(id);
      const events = await runs.reader.events(id, known);
      known = events.at(-1)?.id ?? known;
      if (events.length > 0 && !isStopped) take(events, row);
      if (isEnded(row) && known >= row.event_count) return row;
      if (events.length === 0 || known >= row.event_count) await changed.promise;
    }
    return undefined;
  } finally {
    unfollow();
    clearInterval(timer);
  }
}
