/** A portal where people sign in, and browsers that go there, for the tests of access. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type OidcAccount, type OidcServer, startOidcServer } from '#tools/oidc-server.ts';
import {
  clearStore,
  entity,
  type openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import type { ServerArguments } from '../arguments.ts';
import { configSchema } from '../kernel/config.ts';
import { createHttp } from '../kernel/http.ts';
import { createLog } from '../kernel/log.ts';
import type { Store } from '../kernel/store/store.ts';
import { portalAccess } from '../portal-access.ts';

export const PORTAL = 'https://portal.example';
export const SECRET_ENV = 'ATRIUM_TEST_CLIENT_SECRET';
export const CLIENT = { clientId: 'atrium', clientSecret: 'the-secret-of-the-client' };
process.env[SECRET_ENV] = CLIENT.clientSecret;

export type World = ReturnType<typeof testCatalog>;

/** Another process on the same store is another portal with the same world. */
export async function openPortal(
  world: World,
  access: object,
  more: {
    fetch?: typeof globalThis.fetch;
    register?: (app: FastifyInstance) => void;
    /** How often it is looked at who may still be told of events. */
    lookEveryMs?: number;
  } = {},
): Promise<FastifyInstance> {
  const config = configSchema.parse({ access: { url: PORTAL, ...access } });
  const args: ServerArguments = { ...config, memory: true, quiet: true };
  const log = createLog('silent');
  const fetch = () => Promise.reject(new Error('There is no collector'));
  const { db, catalog, now } = world;
  const signInFetch = more.fetch ?? globalThis.fetch;
  const http = more.lookEveryMs === undefined ? {} : { lookEveryMs: more.lookEveryMs };
  const opened = portalAccess({ db, catalog, args, log, now, fetch, signInFetch });
  const app = await createHttp(log, opened.gate, { ...args.access, ...http });
  await opened.register(app);
  app.get('/api/planted', { config: { permission: 'catalog.entity.read' } }, ({ principal }) => principal);
  app.post('/api/planted', { config: { permission: 'catalog.review.decide' } }, ({ principal }) => principal);
  more.register?.(app);
  await app.ready();
  return app;
}

export const oidcConfig = (id: string, issuer: string) => ({
  id,
  kind: 'oidc',
  title: `Company ${id}`,
  issuer,
  clientId: CLIENT.clientId,
  clientSecret: { env: SECRET_ENV },
});

/**
 * Before each test of a file: a portal at which one signs in by a real OIDC server, which has two names there, and a
 * catalog with few people.
 */
export function signInPortal(open: typeof openTestStore, accounts: Record<string, OidcAccount>) {
  let store: Store<TestTables>;
  let oidc: OidcServer;
  let world: World;
  let app: FastifyInstance;
  const access = () => ({ signIn: [oidcConfig('corp', oidc.issuer), oidcConfig('other', oidc.issuer)] });
  const callbacks = ['corp', 'other'].map((id) => `${PORTAL}/api/sign-in/${id}/callback`);
  beforeAll(async () => {
    store = await open();
    oidc = await startOidcServer({ ...CLIENT, callbacks, leaveTo: [`${PORTAL}/sign-in`], accounts });
  });
  afterAll(async () => {
    await oidc?.stop();
    await store?.close();
  });
  beforeEach(async () => {
    await clearStore(store);
    world = testCatalog(store);
    await world.read('first', reading('org.yaml', organisation));
    app = await openPortal(world, access());
  });
  afterEach(() => app?.close());
  return {
    get db() {
      return store.db;
    },
    get oidc() {
      return oidc;
    },
    get world() {
      return world;
    },
    get app() {
      return app;
    },
    access,
    browser: () => new Browser(app),
    /** Lets some time pass. */
    wait(ms: number) {
      world.clock.at = new Date(world.clock.at.getTime() + ms);
    },
    /** The same portal, configured in another way. */
    async reopen(config: object = {}, more: Parameters<typeof openPortal>[2] = {}) {
      await app.close();
      app = await openPortal(world, { ...access(), ...config }, more);
    },
    audited: (action: string) =>
      store.db.selectFrom('audit_entry').selectAll().where('action', '=', action).orderBy('seq').execute(),
  };
}

const organisation = [
  entity('Group:payers', { type: 'team', parent: 'money', children: [] }),
  entity('Group:money', { type: 'department', children: [] }),
  entity('User:ada.l', { profile: { displayName: 'Ada', email: 'ada@example.com' }, memberOf: [] }),
];

type Answer = LightMyRequestResponse;

/** Keeps cookies as browsers do, and walks through the pages of the OIDC server of tools/oidc-server.ts. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #app: FastifyInstance;
  readonly #origin: string;
  readonly #elsewhere = new Map<string, string>();

  constructor(app: FastifyInstance, origin = PORTAL) {
    this.#app = app;
    this.#origin = origin;
  }

  /** Asks the portal, as a page of it does unless the browser says that it is `from` elsewhere. */
  async ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    {
      from = { 'sec-fetch-site': 'same-origin' },
      ...more
    }: InjectOptions & { from?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { host } = new URL(this.#origin);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.#app.inject({
      method,
      url: path,
      ...(method === 'POST' ? { payload: {} } : {}),
      ...more,
      headers: { host, ...from, ...(cookie ? { cookie } : {}), ...more.headers },
    });
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** To the provider, and through its form. @returns the address to which it sends the browser back. */
  async atProvider(path: string, account: string): Promise<string> {
    const { headers } = await this.ask('GET', path);
    let address = String(headers.location);
    for (let step = 0; step < 10 && !address.startsWith(this.#origin); step++) {
      const page = await this.#goElsewhere(address);
      const next = page.headers.get('location');
      if (next === null) {
        const sent = await this.#goElsewhere(address, new URLSearchParams({ login: account }));
        address = new URL(sent.headers.get('location') ?? '', address).href;
      } else address = new URL(next, address).href;
    }
    return address.slice(this.#origin.length);
  }

  /** @returns the answer with which the sign-in ends. */
  async signIn(account: string, to = '/', provider = 'corp'): Promise<Answer> {
    const back = await this.atProvider(`/api/sign-in/${provider}?to=${encodeURIComponent(to)}`, account);
    return this.ask('GET', back);
  }

  async session<T>(): Promise<T> {
    return (await this.ask('GET', '/api/session')).json<T>();
  }

  async #goElsewhere(address: string, form?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#elsewhere].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#elsewhere.set(name, value);
    }
    return answer;
  }
}
