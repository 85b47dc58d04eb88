/**
 * The deploy target that needs no account: services as processes of this machine, on loopback. They end with the
 * portal and start with it again; what a portal that was killed left running is ended first.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup } from '#model/end-group.ts';
import { AtriumError } from '#model/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { programEnv } from './child.ts';

/** As it is kept in the folder of the deployment. */
export interface Deployment {
  /** What it is asked for and found again by. */
  key: string;
  name: string;
  /** Shell command; it is told the port as PORT. */
  command: string;
  healthPath: string;
  port: number;
  /** Of the process that runs, with when it began: numbers are used again. */
  pid?: number | undefined;
  began?: string | undefined;
}

export interface LocalTargetOptions {
  /** Holds a folder for each deployment. */
  folder: string;
  /** Says why nothing may be run here; null when it may. */
  refused: string | null;
  log: Log;
}

const ANSWER_MS = 20_000;
const END_MS = 3000;

export class LocalTarget {
  readonly refused: string | null;
  readonly #folder: string;
  readonly #log: Log;
  readonly #running = new Map<string, ChildProcess>();

  constructor({ folder, refused, log }: LocalTargetOptions) {
    this.refused = refused;
    this.#folder = folder;
    this.#log = log;
  }

  /** Starts what was deployed, as it was when the portal ended; nobody waits until it answers. */
  start(): void {
    for (const deployment of this.list()) {
      endOrphan(deployment);
      if (this.refused !== null) continue;
      this.#run(deployment).catch((err: unknown) =>
        this.#log.error(
          { err, deployment: deployment.name },
          'a deployed service could not be started again',
        ),
      );
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((key) => this.#end(key)));
  }

  list(): Deployment[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).flatMap((name) => {
      const file = join(this.#folder, name, 'deployment.json');
      return existsSync(file) ? [JSON.parse(readFileSync(file, 'utf8')) as Deployment] : [];
    });
  }

  find(key: string): Deployment | undefined {
    return this.list().find((each) => each.key === key);
  }

  /**
   * @param fill puts the files of the service into the folder that it is given.
   * @returns once it answers.
   * @throws {AtriumError} STEP_FAILED when it does not answer in time; it is then gone again.
   */
  async deploy(
    wanted: Pick<Deployment, 'key' | 'name' | 'command' | 'healthPath'>,
    fill: (folder: string) => Promise<void>,
  ): Promise<Deployment> {
    const known = this.find(wanted.key);
    if (known && this.#running.has(wanted.key)) return known;
    if (known) await this.remove(wanted.key);
    const place = this.#placeOf(wanted.key);
    mkdirSync(place, { recursive: true });
    try {
      await fill(join(place, 'files'));
      const deployment = { ...wanted, port: await freePort() };
      this.#keep(deployment);
      return await this.#run(deployment);
    } catch (error) {
      const said = this.#said(wanted.key);
      await this.remove(wanted.key);
      if (error instanceof AtriumError && said)
        throw new AtriumError('STEP_FAILED', `${error.message}. It said: ${said}`);
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    const known = this.find(key);
    await this.#end(key);
    if (known) endOrphan(known);
    rmSync(this.#placeOf(key), { recursive: true, force: true });
  }

  async #run(deployment: Deployment): Promise<Deployment> {
    const { key, command, port } = deployment;
    const place = this.#placeOf(key);
    const log = openSync(join(place, 'log'), 'a');
    const child = spawn('sh', ['-c', `exec ${command}`], {
      cwd: join(place, 'files'),
      env: programEnv({ PORT: String(port), HOST: '127.0.0.1' }),
      detached: true,
      stdio: ['ignore', log, log],
    });
    this.#running.set(key, child);
    child.once('exit', () => this.#running.delete(key));
    const failed = once(child, 'error').then(([error]) => Promise.reject(error));
    failed.catch(() => undefined);
    const { pid } = child;
    const running = { ...deployment, pid, began: pid === undefined ? undefined : beganAt(pid) };
    this.#keep(running);
    child.unref();
    await Promise.race([answers(running, child), failed]);
    return running;
  }

  async #end(key: string): Promise<void> {
    const child = this.#running.get(key);
    if (!child) return;
    const ended = once(child, 'exit');
    endGroup(child.pid, 'SIGTERM');
    const late = sleep(END_MS, 'late', { ref: false });
    if ((await Promise.race([ended, late])) === 'late') {
      endGroup(child.pid);
      await ended;
    }
  }

  #keep(deployment: Deployment): void {
    const file = join(this.#placeOf(deployment.key), 'deployment.json');
    writeFileSync(`${file}.new`, JSON.stringify(deployment));
    renameSync(`${file}.new`, file);
  }

  #said(key: string): string {
    const file = join(this.#placeOf(key), 'log');
    return existsSync(file)
      ? readFileSync(file, 'utf8').trim().split('\n').slice(-3).join(' / ').slice(0, 500)
      : '';
  }

  #placeOf(key: string): string {
    return join(this.#folder, key.replaceAll(/[^\w.-]/g, '_'));
  }
}

async function answers({ port, healthPath, name }: Deployment, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + ANSWER_MS; Date.now() < end; await sleep(50)) {
    if (child.exitCode !== null) throw new AtriumError('STEP_FAILED', `${name} ended with ${child.exitCode}`);
    const answer = await fetch(`http://127.0.0.1:${port}${healthPath}`, {
      signal: AbortSignal.timeout(2000),
    }).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new AtriumError(
    'STEP_FAILED',
    `${name} did not answer at ${healthPath} within ${ANSWER_MS / 1000} s`,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port was given');
  return address.port;
}

/** Ends a process that an earlier portal started, and no other that has its number by now. */
function endOrphan({ pid, began }: Deployment): void {
  if (pid !== undefined && began !== undefined && beganAt(pid) === began) endGroup(pid);
}

/** When a process began, as this machine counts; undefined where it does not tell. Field 22 of proc(5)’s stat. */
function beganAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
