/** Calls something that somebody else's words decide how long it takes. */
import { createContext, Script } from 'node:vm';

// A time limit holds for whatever a script in a context calls, regular expressions among it.
const room: { work?: (() => unknown) | undefined } = createContext(Object.create(null));
const call = new Script('work()');

/** @param milliseconds until it is stopped. @throws {Error} when it takes longer, and what the work throws. */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  room.work = work;
  try {
    return call.runInContext(room, { timeout: milliseconds });
  } finally {
    room.work = undefined;
  }
}
