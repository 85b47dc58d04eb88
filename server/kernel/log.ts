import { type DestinationStream, type Logger, pino } from 'pino';
import { withoutSecrets } from './secret.ts';

export type Log = Logger;

/** Structured logs: JSON lines on standard error, so that standard output stays for people and scripts. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Other programs and systems may repeat in an error what they were given.
    hooks: { streamWrite: withoutSecrets },
  };
  return pino(options, destination);
}
