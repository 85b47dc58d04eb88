/** Starts the process that renders, gives it one task at a time, and ends it when a task asks too much. */
import { type ChildProcess, fork } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AtriumError } from '#model/errors.ts';
import { processorTime } from '#model/processor-time.ts';
import { endOf, keepStderr } from './process-end.ts';
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

interface Program {
  child: ChildProcess;
  /** What it has printed on stderr. */
  printed: () => string;
}
interface Started extends Program {
  ready: Promise<void>;
}

interface Reasons {
  /** Why it was too slow. */
  slow: () => AtriumError;
  /** What it was at, when it ends by itself. */
  at: string;
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

  /**
   * @throws {AtriumError} EXPRESSION_REFUSED when the task took too much time or memory, EXPRESSIONS_UNAVAILABLE when the
   * process can't be started or ended for another reason.
   */
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
      const slow = () => refused(`it took longer than ${Math.round(time)} ms`);
      const answer = next(started, time, { slow, at: 'ended at work' });
      started.child.send(task);
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
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
  const program = { child, printed: keepStderr(child) };
  hold(child, false);
  const at = 'did not start';
  const slow = () => unavailable(at, `it said nothing for ${START_LIMIT_MS / 1000} s`);
  const ready = next(program, START_LIMIT_MS, { slow, at }).then(() => {});
  ready.catch(() => {});
  return { ...program, ready };
}

/** The code that runs in it, and nothing else. */
function readable(): string[] {
  const here = import.meta.dirname;
  const root = join(here, '../../..');
  const nunjucks = dirname(dirname(fileURLToPath(import.meta.resolve('nunjucks/browser/nunjucks.js'))));
  const folders = [here, join(root, 'model'), nunjucks].map((folder) => realpathSync(folder) + sep);
  return [...folders, join(root, 'package.json')];
}

/** Whether the server stays for it: only as long as somebody waits for its answer. */
function hold(child: ChildProcess, wanted: boolean): void {
  const how = wanted ? 'ref' : 'unref';
  child[how]();
  child.channel?.[how]();
  if (child.stderr instanceof Socket) child.stderr[how]();
}

/** The next thing that the process says. Whatever else happens ends it. */
function next({ child, printed }: Program, limit: number, { slow, at }: Reasons): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('close', onEnd).off('error', onEnd);
      hold(child, false);
      act();
    };
    const fail = (error: AtriumError) =>
      settle(() => {
        child.kill('SIGKILL');
        reject(error);
      });
    const onMessage = (message: unknown) => {
      const parsed = answerSchema.safeParse(message);
      if (parsed.success) settle(() => resolve(parsed.data));
      else fail(refused('its result can’t be read'));
    };
    const onEnd = (failure: unknown) => {
      const end = endOf(child, printed(), failure instanceof Error ? failure : undefined);
      fail(end.outOfMemory ? refused('it took too much memory') : unavailable(at, end.told));
    };
    const before = processorTime(child.pid);
    let rounds = 0;
    const onTime = () => {
      const worked = (processorTime(child.pid) ?? Number.POSITIVE_INFINITY) - (before ?? 0);
      if (worked >= limit || ++rounds >= MOST_ROUNDS) fail(slow());
      else timer = setTimeout(onTime, limit);
    };
    let timer = setTimeout(onTime, limit);
    child.on('message', onMessage).on('close', onEnd).on('error', onEnd);
    hold(child, true);
  });
}

function refused(why: string): AtriumError {
  return new AtriumError('EXPRESSION_REFUSED', `The expression was given up: ${why}`);
}

function unavailable(at: string, why: string): AtriumError {
  return new AtriumError('EXPRESSIONS_UNAVAILABLE', `The process for expressions ${at}: ${why}`);
}
