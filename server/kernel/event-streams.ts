/**
 * Streams of server-sent events. One that is open outlives the request by which it was opened, so it is looked at again
 * and again whether whoever opened it is still let in.
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Gate } from './gate.ts';

export interface EventStream {
  /** Sends a text as it is. A client that doesn't read what it is sent is let go; it comes back when it can. */
  write(text: string): void;
  /** Called once, when the stream has ended from either side. */
  onEnd(listener: () => void): void;
  end(): void;
}

/** As long as another process may not notice that a session or a token has ended. */
export const LOOK_EVERY_MS = 10_000;
const MOST_UNSENT_BYTES = 1024 * 1024;
const RECONNECT = 'retry: 2000\n\n';

declare module 'fastify' {
  interface FastifyInstance {
    eventStreams: EventStreams;
  }
}

export class EventStreams {
  readonly #gate: Gate;
  readonly #open = new Map<ServerResponse, FastifyRequest>();
  #isLooking = false;
  #isDue = false;

  /** To be made before the server listens. @param lookEveryMs how often it is asked who is still let in. */
  constructor(app: FastifyInstance, gate: Gate, lookEveryMs: number) {
    this.#gate = gate;
    const look = () => void this.#look();
    gate.onEnded(look);
    const timer = setInterval(look, lookEveryMs);
    timer.unref();
    // They would keep the server from ending.
    app.addHook('preClose', async () => {
      clearInterval(timer);
      for (const response of this.#open.keys()) response.end();
    });
  }

  open(request: FastifyRequest, reply: FastifyReply): EventStream {
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write(RECONNECT);
    this.#open.set(response, request);
    response.once('close', () => this.#open.delete(response));
    return {
      write(text) {
        if (response.writableEnded) return;
        if (response.writableLength > MOST_UNSENT_BYTES) response.destroy();
        else response.write(text);
      },
      onEnd: (listener) => void response.once('close', listener),
      end: () => void response.end(),
    };
  }

  /** What comes in meanwhile is looked at once more, so that one look follows on each that was asked for. */
  async #look(): Promise<void> {
    this.#isDue = true;
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#isDue) {
      this.#isDue = false;
      const isLetIn = this.#gate.lookAgain();
      for (const [response, request] of [...this.#open]) {
        // Where it can't be known, nobody is told any more.
        if (!(await isLetIn(request).catch(() => false))) response.end();
      }
    }
    this.#isLooking = false;
  }
}
