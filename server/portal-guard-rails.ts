/** Puts guard rails together: approvals, turns and leases of runs. */
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import type { Policy } from './access/index.ts';
import {
  Approvals,
  approvalAction,
  createGuards,
  type GuardedTables,
  LeaseKeeper,
  LeaseMails,
  type LeaseRow,
  Leases,
  type LevelOf,
  type RunQueue,
  type Runs,
  registerGuardRailApi,
  turnAction,
  windowAction,
} from './actions/index.ts';
import type { CatalogTables } from './catalog/index.ts';
import type { Log } from './kernel/log.ts';
import type { Mailer, Notifier } from './notices/index.ts';
import type { Party } from './ownership/index.ts';
import { leaseMailSender } from './portal-lease-mail.ts';

export interface PortalGuardRailsDeps {
  db: Kysely<GuardedTables>;
  catalog: Kysely<CatalogTables>;
  queue: RunQueue;
  runs: () => Runs;
  policy: Policy;
  parties: (refs: readonly string[]) => Promise<ReadonlyMap<string, Party>>;
  levelOf: LevelOf;
  notifier: Notifier;
  mailer: Mailer;
  /** Address of the portal, for links; undefined where it is not set. */
  url: string | undefined;
  log: Log;
  now: () => Date;
}

export function portalGuardRails({
  db,
  catalog,
  queue,
  runs,
  policy,
  parties,
  levelOf,
  notifier,
  mailer,
  url,
  log,
  now,
}: PortalGuardRailsDeps) {
  const approvals = new Approvals({ db, catalog, now, runs });
  const leases = new Leases({ db, now, rollBack: (run, by) => runs().rollBack(run, by) });
  const remind = async ({ title, owner, run, expires_at: until }: LeaseRow) => {
    log.warn({ lease: title, owner, until }, 'a lease ends soon');
    const text = `${title} ends at ${until.toISOString()}: extend it if it is still needed`;
    await notifier.tell({ to: owner, text, path: `/runs/${run}` });
  };
  const mails = new LeaseMails({ db, leases, sender: leaseMailSender(mailer, url), log });
  const keeper = new LeaseKeeper({ leases, log, remind, mails });
  return {
    guards: createGuards({ queue, now, levelOf }),
    actions: [...approvalAction(approvals), ...turnAction(db), windowAction(now)],
    keeper,
    register(app: FastifyInstance): void {
      registerGuardRailApi(app, { approvals, leases, parties, verdict: policy.verdict.bind(policy) });
    },
  };
}
