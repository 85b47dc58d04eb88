/** Waits until a process has nothing left to do. Linux only: elsewhere a second has to do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { processorTime } from '#model/processor-time.ts';

const REST_MS = 1000;

/** Until it works for less than a twentieth of a second in one. */
export async function untilRest(pid: number | undefined): Promise<void> {
  for (let before = processorTime(pid) ?? 0; ; ) {
    await sleep(REST_MS);
    const now = processorTime(pid) ?? 0;
    if (now - before < REST_MS / 20) return;
    before = now;
  }
}
