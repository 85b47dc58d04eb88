/** Runs git without anything of the person's own configuration. */

import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

const environment = (): NodeJS.ProcessEnv => {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
};

/** Its standard output; an error with what git said when it fails, and a plain one when there is no git. */
export function git(cwd: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('git', [...args], { cwd, env: environment(), stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      fail(missing ? new Error('The sample estate needs git: install it, or put it in PATH') : error);
    });
    child.on('close', (code) => {
      if (code === 0) done(out);
      else fail(new Error(`git ${args[0]} in ${cwd} failed (${code}): ${err.trim()}`));
    });
    // git may end before it has read everything; its exit code tells why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
