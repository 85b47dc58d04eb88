/** Where audit entries are sent on to: a file, and a collector behind HTTP. */
import { open } from 'node:fs/promises';
import type { Fetch } from '../kernel/fetch.ts';
import type { Secret } from '../kernel/secret.ts';
import type { AuditEntry } from './contract.ts';

export interface AuditSink {
  name: 'file' | 'collector';
  /** Where it leads, for people. */
  target: string;
  /** @throws when not all of them have arrived for certain. */
  send(entries: readonly AuditEntry[]): Promise<void>;
}

/** The collector has so long to take a batch. */
const TIME_LIMIT_MS = 10_000;

/** One line of JSON an entry. Opened anew each time, so that it may be moved away by what rotates logs. */
export function fileSink(path: string): AuditSink {
  return {
    name: 'file',
    target: path,
    async send(entries) {
      const file = await open(path, 'a', 0o600);
      try {
        await file.appendFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
        await file.datasync();
      } finally {
        await file.close();
      }
    },
  };
}

export interface Collector {
  url: string;
  token?: Secret | undefined;
}

/** Entries as a list in JSON. */
export function collectorSink({ url, token }: Collector, fetch: Fetch): AuditSink {
  return {
    name: 'collector',
    target: new URL(url).origin,
    async send(entries) {
      const { status } = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token.reveal()}` } : {}),
        },
        body: JSON.stringify(entries),
        timeLimit: TIME_LIMIT_MS,
      });
      if (status < 200 || status > 299) throw new Error(`It answered with status ${status}`);
    },
  };
}
