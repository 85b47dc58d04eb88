/** Reminders of leases by e-mail: to each person who has one, until the mail server has taken it. */
import type { QueryExecutorProvider } from 'kysely';
import type { Log } from '../../kernel/log.ts';
import { recipientsOf } from '../../notices/index.ts';
import type { LeaseRow, Leases } from './leases.ts';

export interface LeaseMail {
  name: string;
  email: string;
  lease: Pick<LeaseRow, 'title' | 'run' | 'expires_at' | 'latest_end'>;
}

export interface LeaseMailSender {
  /** Why none can be sent; null when they can. */
  missing: string | null;
  /** @throws when it was not taken. */
  send(mail: LeaseMail): Promise<void>;
}

export interface LeaseMailsDeps {
  db: QueryExecutorProvider;
  leases: Leases;
  sender: LeaseMailSender;
  log: Log;
}

export class LeaseMails {
  readonly #deps: LeaseMailsDeps;

  constructor(deps: LeaseMailsDeps) {
    this.#deps = deps;
  }

  /** Sends what is due. @param isStopped whether to leave the rest for another time. */
  async send(isStopped: () => boolean = () => false): Promise<void> {
    if (this.#deps.sender.missing !== null) return;
    while (!isStopped()) {
      const lease = await this.#deps.leases.takeUnmailed();
      if (!lease) return;
      await this.#remindOf(lease, isStopped);
    }
  }

  async #remindOf(lease: LeaseRow, isStopped: () => boolean): Promise<void> {
    const { db, leases, sender, log } = this.#deps;
    const mailed = new Set(lease.mailed);
    const missed = (await recipientsOf(db, [lease.owner])).filter(({ ref }) => !mailed.has(ref));
    let left = missed.length;
    for (const { ref, name, email } of missed) {
      if (isStopped()) return;
      try {
        await sender.send({ name, email, lease });
        left--;
        await leases.mailed(lease, [...mailed.add(ref)], false);
      } catch (error) {
        const about = { lease: lease.title, to: ref, error: String(error) };
        log.warn(about, 'a reminder of a lease could not be sent; trying again in ten minutes');
      }
    }
    if (left === 0) await leases.mailed(lease, [...mailed], true);
  }
}
