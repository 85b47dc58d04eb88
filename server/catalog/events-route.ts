/** Server-sent events: what changed, and how far reading is. */
import type { FastifyInstance } from 'fastify';
import type { EventStream } from '../kernel/event-streams.ts';
import type { ChangeFeed, ChangeNotice } from './feed.ts';

export interface EventsDeps {
  feed: ChangeFeed;
  /** Something else that pages follow; sent on as `progress` events. */
  progress: { current(): unknown; onChange(listener: () => void): () => void };
  /** Of which entities the scores changed; sent on as `scores` events. */
  scores: { onChange(listener: (notice: { refs: string[] }) => void): () => void };
  /** Of which entities the documentation changed; sent on as `docs` events. */
  docs: { onChange(listener: (notice: { refs: string[] }) => void): () => void };
}

/** At most five `change` events a second. */
const GATHER_MS = 200;
const HEARTBEAT_MS = 20_000;
/** Beyond it a page is told to read everything anew. */
const MOST_NAMED = 500;

export function registerEvents(app: FastifyInstance, deps: EventsDeps): void {
  app.get(
    '/api/events',
    {
      config: { permission: 'catalog.entity.read' },
      schema: {
        tags: ['events'],
        summary: 'Server-sent events of type `change`, `scores`, `docs` and `progress`',
      },
    },
    (request, reply) => {
      const stream = app.eventStreams.open(request, reply);
      stream.onEnd(tell(stream, deps));
    },
  );
}

/** @returns how to stop it. */
function tell({ write }: EventStream, { feed, progress, scores, docs }: EventsDeps): () => void {
  const send = (event: string, data: unknown) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const gatherer = new NoticeGatherer((notice) => send('change', notice));
  const stopFeed = feed.onChange((notice) => gatherer.add(notice));
  const stopScores = scores.onChange((notice) => send('scores', notice));
  const stopDocs = docs.onChange((notice) => send('docs', notice));
  const stopProgress = progress.onChange(() => send('progress', progress.current()));
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  send('progress', progress.current());
  return () => {
    gatherer.stop();
    stopFeed();
    stopProgress();
    stopScores();
    stopDocs();
    clearInterval(heartbeat);
  };
}

/** Joins notices that come close together; the first of them goes out at once. */
class NoticeGatherer {
  readonly #send: (notice: { seq: number; refs: string[] }) => void;
  #refs = new Set<string>();
  #all = false;
  #seq = 0;
  #waiting = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (notice: { seq: number; refs: string[] }) => void) {
    this.#send = send;
  }

  add({ seq, refs, related }: ChangeNotice): void {
    this.#seq = Math.max(this.#seq, seq);
    if (refs.length === 0) this.#all = true;
    for (const ref of [...refs, ...related]) this.#refs.add(ref);
    this.#waiting = true;
    if (!this.#timer) this.#flush();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = undefined;
    if (!this.#waiting) return;
    const tooMany = this.#all || this.#refs.size > MOST_NAMED;
    this.#send({ seq: this.#seq, refs: tooMany ? [] : [...this.#refs] });
    this.#refs = new Set();
    this.#all = false;
    this.#waiting = false;
    this.#timer = setTimeout(() => this.#flush(), GATHER_MS);
    this.#timer.unref();
  }
}
