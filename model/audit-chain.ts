/** The chain of audit entries: each holds the hash of the one before it, so that none can be changed unseen. */
import { hash } from 'node:crypto';

/** What an entry says; everything in it is covered by its hash. */
export interface AuditStatement {
  seq: number;
  /** ISO 8601 in UTC, to the millisecond. */
  at: string;
  actor: string;
  behind: string | null;
  address: string;
  action: string;
  target: string | null;
  outcome: 'done' | 'refused' | 'failed';
  status: number;
  before?: unknown;
  after?: unknown;
}

export interface ChainedEntry extends AuditStatement {
  previousHash: string;
  hash: string;
}

/** Where a chain begins, and what the entries before it came to. */
export interface ChainLink {
  seq: number;
  hash: string;
}

/** Of a chain whose first entry was never taken away. */
export const chainStart: ChainLink = { seq: 0, hash: '0'.repeat(64) };

/** JSON with the keys of every object in order and no spaces, so that equal values are equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

export function entryHash(previousHash: string, statement: AuditStatement): string {
  const { seq, at, actor, behind, address, action, target, outcome, status } = statement;
  const { before = null, after = null } = statement;
  const told = { seq, at, actor, behind, address, action, target, outcome, status, before, after };
  return hash('sha256', previousHash + canonicalJson(told));
}

export interface Break {
  seq: number;
  reason: string;
}

/** Follows a chain entry by entry and stops at the first that is not as it was written. */
export class ChainCheck {
  #last: ChainLink | undefined;
  #broken: Break | undefined;
  #entries = 0;

  /** @param start what the first entry must follow; without it, whatever that entry says. */
  constructor(start?: ChainLink) {
    this.#last = start;
  }

  get entries(): number {
    return this.#entries;
  }

  get broken(): Break | undefined {
    return this.#broken;
  }

  /** The last entry that was found as it was written. */
  get last(): ChainLink | undefined {
    return this.#last;
  }

  /** @returns whether the chain is intact so far. */
  add(entry: ChainedEntry): boolean {
    if (this.#broken) return false;
    const reason = this.#wrongWith(entry);
    if (reason) this.#broken = { seq: entry.seq, reason };
    else {
      this.#last = { seq: entry.seq, hash: entry.hash };
      this.#entries += 1;
    }
    return !this.#broken;
  }

  /** Says that the chain must end at this entry. */
  end({ seq, hash: wanted }: ChainLink): void {
    if (this.#broken) return;
    const last = this.#last ?? chainStart;
    if (last.seq < seq) this.#broken = { seq, reason: `The entries from ${last.seq + 1} to ${seq} are gone` };
    else if (last.hash !== wanted)
      this.#broken = { seq: last.seq, reason: `Entry ${last.seq} is not the one that was written last` };
  }

  #wrongWith(entry: ChainedEntry): string | undefined {
    const { seq, previousHash } = entry;
    const last = this.#last;
    if (entryHash(previousHash, entry) !== entry.hash)
      return `Entry ${seq} is not as it was written: its hash is another`;
    if (!last) return undefined;
    if (seq > last.seq + 1) {
      const gone =
        seq === last.seq + 2 ? `Entry ${seq - 1} is` : `The entries ${last.seq + 1} to ${seq - 1} are`;
      return `${gone} gone before entry ${seq}`;
    }
    if (seq <= last.seq) return `Entry ${seq} stands behind entry ${last.seq}`;
    if (previousHash !== last.hash) return `Entry ${seq} does not follow on entry ${last.seq}`;
    return undefined;
  }
}
