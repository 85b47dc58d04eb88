/** Tells pages of which entities the scores are another than before. */
import { EventEmitter } from 'node:events';

/** More than these are not named: whoever listens reads everything anew. */
const MOST_NAMED = 500;

export class ScoreFeed {
  readonly #emitter = new EventEmitter<{ change: [{ refs: string[] }] }>().setMaxListeners(0);

  onChange(listener: (notice: { refs: string[] }) => void): () => void {
    this.#emitter.on('change', listener);
    return () => this.#emitter.off('change', listener);
  }

  publish(refs: readonly string[]): void {
    if (refs.length === 0) return;
    const named = [...new Set(refs)];
    this.#emitter.emit('change', { refs: named.length > MOST_NAMED ? [] : named });
  }

  publishAll(): void {
    this.#emitter.emit('change', { refs: [] });
  }
}
