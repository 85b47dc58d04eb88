/** Starts the process that renders, gives it one task at a time, and ends it when a task asks too much. */
import { type ChildProcess, fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtriumError } from '#model/errors.ts';
import { processorTime } from './processor-time.ts';
import { type Answer, answerSchema, type RenderTask } from './protocol.ts';

export interface SandboxLimits {
  /** Milliseconds of work for one task of ordinary size. */
  time: number;
  /** Megabytes of the process. */
  memory: number;
}

const START_LIMIT_MS = 60_000;
const MEGABYTE = 1024 * 1024;
const LARGEST_TASK = 32 * MEGABYTE;
const TIME_FOR_A_MEGABYTE_MS = 5_000;
/** On a machine that is busy with others, a task may take so many times as long. */
const MOST_ROUNDS = 10;
/** A process that nobody needs any more ends. */
const IDLE_MS = 300_000;

interface Started {
  child: ChildProcess;
  ready: Promise<void>;
}

export class Sandbox {
  readonly #limits: SandboxLimits;
  #started: Started | undefined;
  /** Settles when the task before is done, however it ended. */
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  constructor(limits: SandboxLimits) {
    this.#limits = limits;
  }

  /** @throws {AtriumError} EXPRESSION_REFUSED when the task took too much time or memory. */
  perform(task: RenderTask): Promise<Answer> {
    const result = this.#turn.then(() => this.#perform(task));
    this.#turn = result.catch(() => {});
    return result;
  }

  /** Ends the process; a task that comes later starts a new one. */
  close(): void {
    clearTimeout(this.#idle);
    this.#started?.child.kill('SIGKILL');
    this.#started = undefined;
  }

  async #perform(task: RenderTask): Promise<Answer> {
    const size = JSON.stringify(task).length;
    if (size > LARGEST_TASK) throw refused('it is too large');
    const time = this.#limits.time + (size / MEGABYTE) * TIME_FOR_A_MEGABYTE_MS;
    if (!this.#started || !isAlive(this.#started.child)) this.#started = start(this.#limits.memory);
    const started = this.#started;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.close(), IDLE_MS).unref();
    try {
      await started.ready;
      const { child } = started;
      const answer = next(child, time, `it took longer than ${Math.round(time)} ms`);
      child.send(task);
      const found = await answer;
      if (found.kind === 'failed') throw refused(found.message);
      return found;
    } catch (error) {
      if (!isAlive(started.child)) this.#started = undefined;
      throw error;
    }
  }
}

function isAlive(child: ChildProcess): boolean {
  return child.connected && !child.killed && child.exitCode === null;
}

function start(memory: number): Started {
  const child = fork(join(import.meta.dirname, 'sandbox-process.ts'), {
    execArgv: [
      '--permission',
      ...readable().map((path) => `--allow-fs-read=${path}`),
      '--disallow-code-generation-from-strings',
      '--disable-proto=delete',
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${memory}`,
    ],
    env: {},
    cwd: sep,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
  });
  // It is no reason for the server to stay.
  child.unref();
  child.channel?.unref();
  const ready = next(child, START_LIMIT_MS, 'the process for expressions did not start').then(() => {});
  ready.catch(() => {});
  return { child, ready };
}

/** The code that runs in it, and nothing else. */
function readable(): string[] {
  const here = import.meta.dirname;
  const root = join(here, '../../..');
  const nunjucks = dirname(dirname(fileURLToPath(import.meta.resolve('nunjucks/browser/nunjucks.js'))));
  const folders = [here, join(root, 'model'), nunjucks].map((folder) => realpathSync(folder) + sep);
  return [...folders, join(root, 'package.json')];
}

/** The next thing that the process says. Whatever else happens ends it. */
function next(child: ChildProcess, limit: number, slow: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onExit);
      child.unref();
      child.channel?.unref();
      act();
    };
    const fail = (why: string) =>
      settle(() => {
        child.kill('SIGKILL');
        reject(refused(why));
      });
    const onMessage = (message: unknown) => {
      const parsed = answerSchema.safeParse(message);
      if (parsed.success) settle(() => resolve(parsed.data));
      else fail('its result can’t be read');
    };
    const onExit = () => fail('it took too much memory');
    const before = processorTime(child.pid);
    let rounds = 0;
    const onTime = () => {
      const worked = (processorTime(child.pid) ?? Number.POSITIVE_INFINITY) - (before ?? 0);
      if (worked >= limit || ++rounds >= MOST_ROUNDS) fail(slow);
      else timer = setTimeout(onTime, limit);
    };
    let timer = setTimeout(onTime, limit);
    child.on('message', onMessage).on('exit', onExit).on('error', onExit);
    // Somebody waits for it now.
    child.ref();
    child.channel?.ref();
  });
}

function refused(why: string): AtriumError {
  return new AtriumError('EXPRESSION_REFUSED', `The expression was given up: ${why}`);
}
