import { type Logger, pino } from 'pino';

export type Log = Logger;

/** Structured logs: JSON lines on standard error, so that standard output stays for people and scripts. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}
