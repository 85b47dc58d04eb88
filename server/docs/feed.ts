/** Tells pages that are open whose documentation is another now. */
import { EventEmitter } from 'node:events';

/** Refs of entities; all of them when there are none. */
export interface DocNotice {
  refs: string[];
}

export class DocFeed {
  readonly #emitter = new EventEmitter<{ change: [DocNotice] }>().setMaxListeners(0);

  /** @returns how to stop that. */
  onChange(listener: (notice: DocNotice) => void): () => void {
    this.#emitter.on('change', listener);
    return () => this.#emitter.off('change', listener);
  }

  publish(refs: readonly string[]): void {
    if (refs.length > 0) this.#emitter.emit('change', { refs: [...refs] });
  }
}
