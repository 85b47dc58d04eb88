/** A small process that starts git for this one, begun when it is first needed and ended with this one. */
import { type ChildProcess, fork } from 'node:child_process';

export interface GitCall {
  args: readonly string[];
  /** Beside the environment of this process. */
  env: Readonly<Record<string, string>>;
  /** What git reads on its standard input. */
  input: string;
  /** Milliseconds. */
  timeLimit: number;
}

export interface GitEnd {
  /** With which git ended; null when it was ended, or never began. */
  code: number | null;
  /** What it complained of, or why it was ended. */
  stderr: string;
  /** There is no git. */
  isMissing?: boolean | undefined;
}

export type LauncherOrder = ({ id: number } & GitCall) | { cancel: number };
export type LauncherNews = { id: number; chunk: Uint8Array } | { id: number; end: GitEnd };

interface Waiting {
  chunks: Uint8Array[];
  resolve(ended: GitEnd & { stdout: Buffer }): void;
}

export class Launcher {
  readonly #waiting = new Map<number, Waiting>();
  #process: ChildProcess | undefined;
  #last = 0;

  /** @throws what the signal was aborted with. */
  run(call: GitCall, signal?: AbortSignal): Promise<GitEnd & { stdout: Buffer }> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const id = ++this.#last;
      const child = this.#running();
      const onAbort = () => {
        child.send({ cancel: id } satisfies LauncherOrder, () => undefined);
        this.#forget(id);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.set(id, {
        chunks: [],
        resolve(ended) {
          signal?.removeEventListener('abort', onAbort);
          resolve(ended);
        },
      });
      child.ref();
      child.channel?.ref();
      child.send({ id, ...call } satisfies LauncherOrder, (error) => {
        if (error) this.#take({ id, end: { code: null, stderr: error.message } });
      });
    });
  }

  /** Ends it; a call that comes later begins another. */
  close(): void {
    this.#process?.kill('SIGKILL');
  }

  #running(): ChildProcess {
    if (this.#process?.connected) return this.#process;
    const child = fork(new URL('./launcher-process.ts', import.meta.url), [], {
      serialization: 'advanced',
      execArgv: [],
    });
    child.on('message', (news: LauncherNews) => this.#take(news));
    child.on('error', ({ message }) => this.#fail(child, message));
    child.on('exit', () => this.#fail(child, 'the process that starts git has ended'));
    this.#process = child;
    return child;
  }

  #take(news: LauncherNews): void {
    const waiting = this.#waiting.get(news.id);
    if (!waiting) return;
    if ('chunk' in news) {
      waiting.chunks.push(news.chunk);
      return;
    }
    this.#forget(news.id);
    waiting.resolve({ ...news.end, stdout: Buffer.concat(waiting.chunks) });
  }

  /** It is no reason to stay when nobody waits for it. */
  #forget(id: number): void {
    this.#waiting.delete(id);
    if (this.#waiting.size > 0) return;
    this.#process?.unref();
    this.#process?.channel?.unref();
  }

  #fail(child: ChildProcess, stderr: string): void {
    if (child !== this.#process) return;
    this.#process = undefined;
    for (const id of [...this.#waiting.keys()]) this.#take({ id, end: { code: null, stderr } });
  }
}
