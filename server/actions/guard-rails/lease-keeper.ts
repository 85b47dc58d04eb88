/** Looks at leases again and again: reminds of those that end soon, and ends those that are due. */
import type { Log } from '../../kernel/log.ts';
import type { LeaseMails } from './lease-mails.ts';
import type { LeaseRow, Leases } from './leases.ts';

export interface LeaseKeeperDeps {
  leases: Leases;
  log: Log;
  /** Tells whoever has one that it ends soon. */
  remind: (lease: LeaseRow) => Promise<void>;
  mails: LeaseMails;
}

const PAUSE_MS = 5000;

export class LeaseKeeper {
  readonly #deps: LeaseKeeperDeps;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  /** Apart: a mail server that does not answer holds up no end. */
  #mailing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: LeaseKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { log, mails } = this.#deps;
    this.#timer = setInterval(() => {
      this.#looking = this.#looking
        .then(() => this.look())
        .catch((err: unknown) => log.error({ err }, 'leases could not be looked at'));
      this.#mailing = this.#mailing
        .then(() => mails.send(() => this.#stopped))
        .catch((err: unknown) => log.error({ err }, 'reminders of leases could not be sent'));
    }, PAUSE_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped = true;
    await this.#looking;
    await this.#mailing;
  }

  async look(): Promise<void> {
    const { leases, remind } = this.#deps;
    for (const lease of await leases.remindable()) await remind(lease);
    await leases.endDue();
  }
}
