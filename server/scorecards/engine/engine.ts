/** Judges entities by rules in a thread of its own, which is ended and begun anew when it does not answer. */
import { Worker } from 'node:worker_threads';
import { AtriumError } from '#model/errors.ts';
import type { Answer, JudgeReply, JudgeTask } from './protocol.ts';

export interface EngineOptions {
  /** After which the thread is given up, in milliseconds. */
  patience?: number;
}

/** Each rule has its own limit; this is for what none of them stops. */
const PATIENCE_MS = 60_000;
const MEMORY_MB = 512;

interface Waiting {
  resolve(answers: Answer[]): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export class RuleEngine {
  readonly #patience: number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;

  constructor({ patience = PATIENCE_MS }: EngineOptions = {}) {
    this.#patience = patience;
  }

  /** @throws {AtriumError} RULES_STUCK when the thread ends or does not answer. */
  judge(task: Omit<JudgeTask, 'id'>): Promise<Answer[]> {
    const id = ++this.#last;
    const worker = this.#running();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp('they took too long'), this.#patience);
      this.#waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ ...task, id } satisfies JudgeTask);
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
    worker.on('message', (reply: JudgeReply) => this.#take(reply));
    worker.on('error', (error) => this.#fail(error.message, worker));
    worker.on('exit', () => this.#fail('their thread ended', worker));
    this.#worker = worker;
    return worker;
  }

  #take(reply: JudgeReply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    clearTimeout(waiting.timer);
    if ('answers' in reply) waiting.resolve(reply.answers);
    else waiting.reject(new AtriumError('RULES_STUCK', `The rules could not be judged: ${reply.error}`));
  }

  #giveUp(why: string): void {
    const worker = this.#worker;
    this.#fail(why);
    void worker?.terminate();
  }

  /** @param worker whose end it is; an earlier one's is none of the present one's. */
  #fail(why: string, worker = this.#worker): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject, timer } of all) {
      clearTimeout(timer);
      reject(new AtriumError('RULES_STUCK', `The rules could not be judged: ${why}`));
    }
  }
}
