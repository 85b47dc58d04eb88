/** Follows a run, for as long as somebody listens or until it has ended. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isEnded } from './runs/manage-run.ts';
import type { RunNews } from './runs/news.ts';
import type { RunEvent } from './runs/run-reader.ts';
import type { RunRow } from './runs/run-write.ts';
import type { Runs } from './runs/runs.ts';

/** A sign of life; what a notice failed to tell is told then as well. */
const HEARTBEAT_MS = 15_000;
/** A client that doesn't read what it is sent is let go; it comes back when it can. */
const MOST_UNSENT_BYTES = 1024 * 1024;

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

export class RunStreams {
  readonly #deps: Deps;
  readonly #open = new Set<ServerResponse>();

  /** To be made before the server listens. */
  constructor(app: FastifyInstance, deps: Deps) {
    this.#deps = deps;
    // They would keep the server from ending.
    app.addHook('preClose', async () => {
      for (const response of this.#open) response.end();
    });
  }

  async send(reply: FastifyReply, stream: RunStream): Promise<void> {
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 2000\n\n');
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    const ended = await followRun(this.#deps, stream.id, stream.after, {
      until: (stop) => response.once('close', stop),
      pause: () => response.write(': still here\n\n'),
      take(events, row) {
        for (const event of events) response.write(stream.frame(event, row));
        if (response.writableLength > MOST_UNSENT_BYTES) response.destroy();
      },
    });
    if (ended && stream.last) response.write(stream.last(ended));
    response.end();
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
