/** Why a process ended, in words, by what the system and the process itself say of it. */
import type { ChildProcess } from 'node:child_process';

export interface ProcessEnd {
  /** That V8 had no room left below its limit. */
  outOfMemory: boolean;
  /** Its exit code or signal, and what it printed. */
  told: string;
}

/** V8 says so after some lines about its garbage collector. */
const MOST_KEPT = 16 * 1024;
const LONGEST_TOLD = 300;
const OUT_OF_MEMORY = /out of memory|Reached heap limit/i;
const TELLING = /^(?:\w*error|panic|fatal)\b[^:]*:/i;

/** Keeps the beginning of what a process prints on stderr. @returns what it has printed so far. */
export function keepStderr(child: ChildProcess): () => string {
  let kept = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    kept += text.slice(0, MOST_KEPT - kept.length);
  });
  return () => kept;
}

/** @param failure why it could not even be started. */
export function endOf(child: ChildProcess, printed: string, failure?: Error): ProcessEnd {
  const said = telling(printed);
  const told = [failure?.message ?? howOf(child), ...(said ? [`it printed: ${said}`] : [])].join('; ');
  return { outOfMemory: OUT_OF_MEMORY.test(printed), told };
}

function howOf({ signalCode, exitCode }: ChildProcess): string {
  if (signalCode === 'SIGKILL')
    return 'something ended it by SIGKILL, as systems do when the memory of the machine runs out';
  return signalCode ? `it ended by ${signalCode}` : `it ended with code ${exitCode}`;
}

/** The line that tells most; others are where in the code it was. */
function telling(printed: string): string {
  const lines = printed.split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => TELLING.test(line)) ?? lines[0] ?? '').trim().slice(0, LONGEST_TOLD);
}
