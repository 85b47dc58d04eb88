import { LRUCache } from 'lru-cache';

export interface ResponseCacheOptions {
  /** Bound of all that is kept, in bytes. */
  maxBytes: number;
}

/** Bookkeeping of one entry beside its bytes, roughly. */
const ENTRY_OVERHEAD = 200;

/**
 * Answers in the form in which they are sent, in two layers: the JSON of each entity, by ref, and whole
 * answers, by request. A change drops the named entities and every whole answer.
 *
 * Whoever reads the store to fill it notes the `version` first and hands it over with the result: what was
 * read before a change and arrives after it is not kept.
 */
export class ResponseCache {
  readonly #entities: LRUCache<string, Buffer>;
  readonly #answers: LRUCache<string, Buffer>;
  #version = 0;

  constructor({ maxBytes }: ResponseCacheOptions) {
    const half = Math.max(1, Math.floor(maxBytes / 2));
    const options = { maxSize: half, maxEntrySize: Math.max(1, Math.floor(half / 8)), sizeCalculation };
    this.#entities = new LRUCache(options);
    this.#answers = new LRUCache(options);
  }

  get version(): number {
    return this.#version;
  }

  get bytes(): number {
    return this.#entities.calculatedSize + this.#answers.calculatedSize;
  }

  entity(ref: string): Buffer | undefined {
    return this.#entities.get(ref);
  }

  keepEntity(ref: string, json: Buffer, version: number): void {
    if (version === this.#version) {
      this.#entities.set(ref, json);
    }
  }

  answer(key: string): Buffer | undefined {
    return this.#answers.get(key);
  }

  keepAnswer(key: string, answer: Buffer, version: number): void {
    if (version === this.#version) {
      this.#answers.set(key, answer);
    }
  }

  /** The kept answer, or the one that `read` makes, kept when nothing changed meanwhile. */
  async answerOr(key: string, read: () => Promise<Buffer>): Promise<Buffer> {
    const kept = this.#answers.get(key);
    if (kept) {
      return kept;
    }
    const version = this.#version;
    const answer = await read();
    this.keepAnswer(key, answer, version);
    return answer;
  }

  /** Refs are those whose record or relations changed, at both ends. */
  invalidate(refs: Iterable<string> | 'all'): void {
    this.#version += 1;
    this.#answers.clear();
    if (refs === 'all') {
      this.#entities.clear();
      return;
    }
    for (const ref of refs) {
      this.#entities.delete(ref);
    }
  }
}

function sizeCalculation(value: Buffer, key: string): number {
  return value.length + key.length * 2 + ENTRY_OVERHEAD;
}
