/** Renders pages in a thread of its own, which is ended and begun anew when it does not answer. */
import { Worker } from 'node:worker_threads';
import { AtriumError } from '#model/errors.ts';
import type { PageSource, RenderedPage, SiteContext } from '../markdown/page.ts';
import type { RenderMessage, RenderReply } from './protocol.ts';

/** After which the thread is given up; the largest pages take a few hundred milliseconds. */
const PATIENCE_MS = 20_000;
const MEMORY_MB = 512;
/** Of sites whose files the thread holds the names of. */
const MOST_CONTEXTS = 200;

interface Waiting {
  path: string;
  resolve(page: RenderedPage): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export interface RendererOptions {
  /** Milliseconds. */
  patience?: number;
}

export class Renderer {
  readonly #patience: number;
  readonly #waiting = new Map<number, Waiting>();
  /** What the thread holds, the one used longest ago first. */
  readonly #sent = new Map<string, SiteContext>();
  #worker: Worker | undefined;
  #last = 0;

  constructor({ patience = PATIENCE_MS }: RendererOptions = {}) {
    this.#patience = patience;
  }

  /** @throws {AtriumError} PAGE_UNREADABLE when it can't be rendered, or not in time. */
  render(context: SiteContext, page: PageSource, options: { highlight: boolean }): Promise<RenderedPage> {
    const id = ++this.#last;
    const worker = this.#running();
    this.#hold(worker, context);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(), this.#patience);
      this.#waiting.set(id, { path: page.path, resolve, reject, timer });
      worker.postMessage({ id, context: context.key, page, ...options } satisfies RenderMessage);
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#fail('the portal is closing');
    await worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    worker.unref();
    worker.on('message', (reply: RenderReply) => this.#take(reply));
    worker.on('error', (error) => this.#fail(error.message, worker));
    worker.on('exit', () => this.#fail('its thread ended', worker));
    this.#worker = worker;
    return worker;
  }

  #hold(worker: Worker, context: SiteContext): void {
    const known = this.#sent.get(context.key);
    this.#sent.delete(context.key);
    this.#sent.set(context.key, context);
    if (known !== context) worker.postMessage({ context } satisfies RenderMessage);
    const [oldest = ''] = this.#sent.keys();
    if (this.#sent.size <= MOST_CONTEXTS) return;
    this.#sent.delete(oldest);
    worker.postMessage({ drop: oldest } satisfies RenderMessage);
  }

  #take(reply: RenderReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    clearTimeout(waiting.timer);
    if ('page' in reply) waiting.resolve(reply.page);
    else waiting.reject(unreadable(waiting.path, reply.error));
  }

  #giveUp(): void {
    const worker = this.#worker;
    this.#fail('it took too long');
    void worker?.terminate();
  }

  /** @param worker whose end it is; an earlier one's is none of the present one's. */
  #fail(why: string, worker = this.#worker): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    this.#sent.clear();
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer, path } of all) {
      clearTimeout(timer);
      reject(unreadable(path, why));
    }
  }
}

function unreadable(path: string, why: string): AtriumError {
  return new AtriumError('PAGE_UNREADABLE', `${path} can’t be rendered: ${why}`);
}
