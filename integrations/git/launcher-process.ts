/**
 * Starts git for a portal. A process that holds much in its memory takes several times as long to start another, and
 * stands still meanwhile; this one holds nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { endGroup } from '#model/end-group.ts';
import type { LauncherNews, LauncherOrder } from './launcher.ts';

const BYTES_LIMIT = 1 << 30;
const COMPLAINT_LIMIT = 1 << 20;

/** A git hook that started the portal would point every call at its own repository; traces would show what is sent. */
const UNWANTED = /^GIT_(DIR|WORK_TREE|INDEX_FILE|TRACE.*|CURL_VERBOSE)$/;
for (const name of Object.keys(process.env)) if (UNWANTED.test(name)) delete process.env[name];

const running = new Map<number, ChildProcess>();

process.on('message', (order: LauncherOrder) => {
  if ('cancel' in order) endGroup(running.get(order.cancel)?.pid);
  else start(order);
});

// The portal's end, however it ends, is ours, and that of what it waited for.
process.once('disconnect', () => {
  for (const child of running.values()) endGroup(child.pid);
  process.exit();
});
// A Ctrl-C reaches the whole group; the portal may still have something to ask while it ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

function send(news: LauncherNews): void {
  process.send?.(news);
}

function start({ id, args, env, input, timeLimit }: Exclude<LauncherOrder, { cancel: number }>): void {
  let child: ChildProcess;
  try {
    child = spawn('git', args, { env: { ...process.env, ...env }, detached: true });
  } catch (error) {
    // Arguments that no program can be given.
    send({ id, end: { code: null, stderr: String(error) } });
    return;
  }
  running.set(id, child);
  const stderr: Buffer[] = [];
  let [written, complained] = [0, 0];
  let why: string | undefined;
  const giveUp = (reason: string) => {
    why ??= reason;
    // What git started, as ssh, would go on, and hold its output open.
    endGroup(child.pid);
  };
  const timer = setTimeout(() => giveUp(`no answer within ${timeLimit / 1000} seconds`), timeLimit);
  child.stdout?.on('data', (chunk: Buffer) => {
    written += chunk.length;
    if (written > BYTES_LIMIT) giveUp(`more than ${BYTES_LIMIT >> 20} MiB`);
    else send({ id, chunk });
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    complained += chunk.length;
    if (complained <= COMPLAINT_LIMIT) stderr.push(chunk);
  });
  const end = (code: number | null, said: string, isMissing = false) => {
    if (!running.delete(id)) return;
    clearTimeout(timer);
    send({ id, end: { code, stderr: why ?? said, isMissing } });
  };
  child.once('error', (error: NodeJS.ErrnoException) =>
    end(null, error.message, error.code === 'ENOENT' && error.syscall?.startsWith('spawn')),
  );
  child.once('close', (code, signal) =>
    end(code, Buffer.concat(stderr).toString() || (signal ? `ended by ${signal}` : '')),
  );
  // A git that ends before it has read all is told of by its exit code.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
}
