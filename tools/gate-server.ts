/**
 * One catalog behind the gate of a running portal (`whole`), behind one that knows who asks and lets everybody pass
 * (`known`), or behind none (`open`), to tell what each costs: bench/policy.ts starts them. It tells its parent where it
 * listens, and how much it has computed when asked for `usage`.
 */
import { hash, randomUUID } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import { Audit, Cookies, createGate, limitGate, Policy, Sessions, Tokens } from '#server/access/index.ts';
import { registerPortalApi } from '#server/catalog/routes.ts';
import { type Gate, openGate } from '#server/kernel/gate.ts';
import { createHttp } from '#server/kernel/http.ts';
import { createLog } from '#server/kernel/log.ts';
import { entity, openTestStore, reading, testCatalog } from './test-store.ts';

const ENTITIES = 1000;
const SECRET = 'a-session-for-measuring-what-the-gate-costs';

const store = await openTestStore();
const world = testCatalog(store);
const now = () => new Date();
const db = store.db as never;
const components = Array.from({ length: ENTITIES }, (_, index) =>
  entity(`Component:part-${index}`, { type: 'service', lifecycle: 'production', owner: 'payers' }),
);
await world.read('first', reading('org.yaml', [entity('User:ada', { memberOf: ['payers'] }), ...components]));

/** Rules of every sort, as a company with some exceptions has them. */
const policy = new Policy({
  anonymousRole: null,
  defaultRole: 'contributor',
  grants: [{ role: 'admin', groups: ['admins'], people: ['eve'] }],
  rules: [
    { effect: 'deny', permissions: ['catalog.entity.delete'], kinds: ['API'], because: 'Frozen' },
    { effect: 'allow', permissions: ['source.*'], groups: ['platform-team'] },
    { effect: 'deny', permissions: ['debt.write'], roles: ['contributor'], owned: false },
    { effect: 'allow', permissions: ['catalog.*'], people: ['ada'] },
  ].map((rule) => rule as Policy['config']['rules'][number]),
});
const audit = new Audit({ db, now, log: createLog('silent'), days: 1 });
const tokens = new Tokens({ db, policy, now, localMode: false });
const cookies = new Cookies(false);
const origin = () => 'http://127.0.0.1';
const sessions = new Sessions({ db, policy, cookies, now, origin, idleHours: 12, hours: 12 });

/** What a caller sends to be known. */
async function credentials(): Promise<Record<string, Record<string, string>>> {
  const ada = { id: 'user:default/ada', kind: 'person' as const, ref: 'user:default/ada', name: 'Ada' };
  const scopes = ['catalog.entity.read' as const];
  const { secret } = await tokens.create(
    { ...ada, groups: [], roles: ['contributor'] },
    { name: 'bench', kind: 'person', scopes, expiresInDays: 1 },
  );
  const at = now();
  const times = { created_at: at, rotated_at: at, seen_at: at };
  const session = { provider: 'company', person: ada.ref, address: '::1', agent: null, id_token: null };
  await store.db
    .insertInto('session')
    .values({
      ...session,
      ...times,
      id: randomUUID(),
      hash: hash('sha256', SECRET, 'base64url'),
      previous_hash: null,
    })
    .execute();
  return {
    token: { authorization: `Bearer ${secret}` },
    session: { cookie: `${cookies.names.session}=${SECRET}` },
  };
}

function gateOf(kind: string | undefined): Gate {
  if (kind === 'open') return openGate;
  const gate = createGate({ db, policy, tokens, audit, sessions });
  const { authorize } = kind === 'known' ? openGate : gate;
  return limitGate({ ...gate, authorize }, { requestsPerMinute: Number.MAX_SAFE_INTEGER, audit, now });
}

process.on('message', async (message) => {
  if (message === 'usage') {
    const { user, system } = process.cpuUsage();
    process.send?.({ usage: user + system });
  } else if (message === 'stop') {
    await app.close();
    await store.close();
    process.exit(0);
  }
});

const app = await createHttp(createLog('silent'), gateOf(process.argv[2]));
await app.register(fastifyCookie);
registerPortalApi(app, world);
const url = await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.({ url, credentials: await credentials() });
