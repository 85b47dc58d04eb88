/** Waits until a process has nothing left to do. Linux only: elsewhere a second has to do. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const REST_MS = 1000;
const TICK_MS = 10;

/** Until it works for less than a twentieth of a second in one. */
export async function untilRest(pid: number | undefined): Promise<void> {
  for (let before = worked(pid); ; ) {
    await sleep(REST_MS);
    const now = worked(pid);
    if (now - before < REST_MS / 20) return;
    before = now;
  }
}

/** Milliseconds of all its threads. */
function worked(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}
