/** Puts access together: who comes in and how, what they may do, what is written down of it. */
import fastifyCookie from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import {
  type AccessTables,
  Audit,
  AuditStream,
  Cookies,
  collectorSink,
  createGate,
  fileSink,
  identityProviders,
  LocalMode,
  limitGate,
  Policy,
  refuseExposed,
  registerAccessApi,
  registerAllSessionsApi,
  registerAuditApi,
  registerSessionApi,
  registerSignInApi,
  registerTokenApi,
  Sessions,
  SignInAttempts,
  SignInPeople,
  Tokens,
} from './access/index.ts';
import type { ServerArguments } from './arguments.ts';
import type { Catalog, CatalogTables } from './catalog/index.ts';
import type { Fetch } from './kernel/fetch.ts';
import type { Log } from './kernel/log.ts';

export interface PortalAccessDeps {
  db: Kysely<CatalogTables & AccessTables>;
  catalog: Catalog;
  args: ServerArguments;
  log: Log;
  now: () => Date;
  /** For the audit's collector. */
  fetch: Fetch;
  /** For identity providers, which the configuration names. */
  signInFetch: typeof globalThis.fetch;
}

export function portalAccess({ db, catalog, args, log, now, fetch, signInFetch }: PortalAccessDeps) {
  const { access } = args;
  const isLocal = access.signIn.length === 0;
  const where = new PortalAddress(args);
  const policy = new Policy(access);
  const cookies = new Cookies(access.url?.startsWith('https:') ?? args.tls !== undefined);
  const tokens = new Tokens({ db, policy, now, localMode: isLocal });
  const { audit, streams } = openAudit({ db, args, log, now, fetch });
  const sessions = new Sessions({
    db,
    policy,
    cookies,
    now,
    origin: () => where.url().origin,
    idleHours: access.sessionIdleHours,
    hours: access.sessionHours,
  });
  const local = isLocal ? new LocalMode({ db, policy, cookies, now }) : undefined;
  catalog.feed.onChange(({ refs, related }) => {
    const isAboutPeople = [...refs, ...related].some((ref) => /^(?:user|group):/.test(ref));
    if (refs.length > 0 && !isAboutPeople) return;
    sessions.forget();
    tokens.forget();
    local?.forget();
  });
  const open = createGate({ db, policy, tokens, audit, sessions: local ?? sessions });
  const { requestsPerMinute } = access;
  // One person on their own machine needs no bounds, and a test of load there none that it runs into.
  const gate = local ? open : limitGate(open, { requestsPerMinute, audit, now });
  const providers = identityProviders(access.signIn, signInFetch);
  const url = () => where.url();
  return {
    gate,
    policy,
    /** Of the portal, as browsers name it. */
    origin: () => where.url().origin,
    /** The routes of access, and what has to stand before all routes. */
    async register(app: FastifyInstance): Promise<void> {
      where.app = app;
      refuseExposed(app, args);
      await app.register(fastifyCookie);
      registerAccessApi(app, { db, policy, streams });
      registerTokenApi(app, { tokens, policy, gate });
      registerAuditApi(app, { db: db as never, audit, now });
      registerAllSessionsApi(app, sessions);
      registerSessionApi(app, { db, policy, sessions, local, providers, audit, url });
      const attempts = new SignInAttempts({ db: db as never, cookies, now });
      const people = new SignInPeople({ db, catalog });
      const ownName = access.url === undefined;
      await registerSignInApi(app, { providers, sessions, attempts, people, audit, url, ownName });
    },
    start(): void {
      audit.start();
      for (const stream of streams) stream.start();
    },
    async stop(): Promise<void> {
      audit.stop();
      await Promise.all(streams.map((stream) => stream.stop()));
    },
  };
}

/** Where people reach the portal: known when it listens, unless the configuration says it. */
class PortalAddress {
  readonly #args: ServerArguments;
  app: FastifyInstance | undefined;

  constructor(args: ServerArguments) {
    this.#args = args;
  }

  url(): URL {
    const { access, host, port, tls } = this.#args;
    if (access.url !== undefined) return new URL(access.url);
    const listening = this.app?.server.address();
    const found = typeof listening === 'object' && listening ? listening.port : port;
    return new URL(`${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${found}`);
  }
}

function openAudit({ db, args, log, now, fetch }: Omit<PortalAccessDeps, 'catalog' | 'signInFetch'>) {
  const { auditFile, auditCollector, auditDays: days } = args.access;
  const sinks = [
    ...(auditFile === undefined ? [] : [fileSink(auditFile)]),
    ...(auditCollector === undefined ? [] : [collectorSink(auditCollector, fetch)]),
  ];
  const common = { db: db as never, now, log };
  const streams = sinks.map((sink) => new AuditStream({ ...common, sink }));
  const sentUpTo = async () => Math.min(...(await Promise.all(streams.map((stream) => stream.sentUpTo()))));
  const audit = new Audit({ ...common, days, ...(streams.length > 0 ? { sentUpTo } : {}) });
  audit.onAppended(() => {
    for (const stream of streams) stream.wake();
  });
  return { audit, streams };
}
