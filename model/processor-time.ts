import { readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Milliseconds that a process has worked, as Linux counts them; undefined elsewhere, and for one that has ended. */
export function processorTime(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    const [user, system] = [Number(fields[11]), Number(fields[12])];
    return Number.isFinite(user + system) ? (user + system) * TICK_MS : undefined;
  } catch {
    return undefined;
  }
}
