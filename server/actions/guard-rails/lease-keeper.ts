/** Looks at leases again and again: reminds of those that end soon, and ends those that are due. */
import type { Log } from '../../kernel/log.ts';
import type { LeaseRow, Leases } from './leases.ts';

export interface LeaseKeeperDeps {
  leases: Leases;
  log: Log;
  /** Tells whoever has one that it ends soon. */
  remind: (lease: LeaseRow) => Promise<void>;
}

const PAUSE_MS = 5000;

export class LeaseKeeper {
  readonly #deps: LeaseKeeperDeps;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(deps: LeaseKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking
        .then(() => this.look())
        .catch((err: unknown) => {
          this.#deps.log.error({ err }, 'leases could not be looked at');
        });
    }, PAUSE_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async look(): Promise<void> {
    const { leases, remind } = this.#deps;
    for (const lease of await leases.remindable()) await remind(lease);
    await leases.endDue();
  }
}
