/** Ends work that what strangers wrote can make endless: a pattern that tries all ways to fail, for one. */
import { createContext, Script } from 'node:vm';

export class TooSlow extends Error {
  constructor(ms: number) {
    super(`it takes longer than ${ms / 1000} seconds`);
    this.name = 'TooSlow';
  }
}

interface Room {
  work?: (() => unknown) | undefined;
}

// A time limit holds for what runs in a context, and for all that is called from there.
const room = createContext(Object.create(null)) as Room;
const script = new Script('work()');

/**
 * Only for work that leaves nothing half done behind. Starting the clock costs about as much as reading a small
 * file: to be put around many steps, not each of them.
 * @throws {TooSlow} and what the work throws.
 */
export function within<T>(ms: number, work: () => T): T {
  room.work = work;
  try {
    return script.runInContext(room, { timeout: ms }) as T;
  } catch (error) {
    throw isLate(error) ? new TooSlow(ms) : error;
  } finally {
    room.work = undefined;
  }
}

/** Within another time limit it is an error of that context, and none of ours. */
function isLate(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
