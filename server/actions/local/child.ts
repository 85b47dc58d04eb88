/** Programs of templates, run on this machine: in a group of their own, so that all of it can be ended. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endGroup } from '#model/end-group.ts';

export interface ProgramOptions {
  folder: string;
  env: Record<string, string>;
  signal: AbortSignal;
  /** Each line of what it says. */
  say: (line: string) => void;
}

/** What a program gets of our environment: secrets of the portal are not among it. */
const shared = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'USER', 'JAVA_HOME', 'GOPATH', 'GOROOT'];

export function programEnv(own: Record<string, string>): NodeJS.ProcessEnv {
  const given = shared.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  return { ...Object.fromEntries(given), ...own };
}

/** Runs a script in a shell to its end. @returns its exit code; null when it was ended by a signal. */
export function runScript(
  script: string,
  { folder, env, signal, say }: ProgramOptions,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-e', '-c', script], {
      cwd: folder,
      env: programEnv(env),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', say);
    const stop = () => endGroup(child.pid);
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(signal.reason);
      else resolve(code);
    });
    if (signal.aborted) stop();
  });
}
