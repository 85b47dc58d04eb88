/** A portal with somebody of every role in it, for the test that asks every route as each of them. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Permission } from '#model/permissions.ts';
import { type Portal, startPortal } from '#tools/portal.ts';
import { storeForPortal } from '#tools/test-store.ts';

/** Who asks: by role, `owner` being a contributor who owns what it is about; then those with other credentials. */
export const callers = ['viewer', 'contributor', 'owner', 'platform', 'admin', 'machine'] as const;
export type Caller = (typeof callers)[number];

/** Beside them, a token that was revoked, and one that may read the audit. */
export type Credential = Caller | 'revoked' | 'auditor';

export interface MatrixPortal {
  url: string;
  /** What the machine was given. */
  scope: Permission;
  /** Headers by which a portal knows somebody. @param leaving of a session that may end. */
  headersOf(caller: Credential, leaving?: boolean): Record<string, string>;
  stop(): Promise<void>;
}

const SCOPE: Permission = 'source.read';
const people = ['viewer', 'contributor', 'owner', 'platform', 'admin'] as const;
const HOUR_MS = 3_600_000;

/** One entity for each caller, all of one group, since some of the requests take them away. */
const estate = [
  'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: owners }\nspec: { type: team, children: [], members: [owner] }\n',
  ...people.map(
    (name) =>
      `apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: { name: ${name} }\nspec: { memberOf: [] }\n`,
  ),
  ...[...callers, 'revoked', 'anonymous'].map(
    (name) =>
      `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: of-${name} }\nspec: { type: service, lifecycle: production, owner: owners }\n`,
  ),
].join('---\n');

/** Id of what a reader reported of the documentation of an entity. */
export function reportOf(ref: string): string {
  const digits = hash('sha256', ref, 'hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4000-8000-${digits.slice(12, 24)}`;
}

export async function startMatrixPortal(): Promise<MatrixPortal> {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-matrix-'));
  writeFileSync(join(folder, 'catalog-info.yaml'), estate);
  writeFileSync(join(folder, 'atrium.yaml'), JSON.stringify(configuration(folder)));
  const sessions = Object.fromEntries(people.map((name) => [name, [secret(), secret()]]));
  const tokens = { machine: `atr_${secret()}`, revoked: `atr_${secret()}`, auditor: `atr_${secret()}` };
  const store = await storeForPortal(async ({ db }) => {
    const at = new Date();
    const seen = { provider: 'company', id_token: null, address: '::1', agent: null, previous_hash: null };
    const times = { created_at: at, rotated_at: at, seen_at: at };
    for (const [name, secrets] of Object.entries(sessions)) {
      const person = `user:default/${name}`;
      const rows = secrets.map((each) => ({
        ...seen,
        ...times,
        id: randomUUID(),
        hash: hashOf(each),
        person,
      }));
      await db.insertInto('session').values(rows).execute();
    }
    for (const [name, each] of Object.entries(tokens)) {
      const row = {
        id: randomUUID(),
        name,
        kind: 'machine' as const,
        owner: 'user:default/admin',
        scopes: [name === 'auditor' ? 'audit.read' : SCOPE],
      };
      const expires_at = new Date(at.getTime() + HOUR_MS);
      const revoked_at = name === 'revoked' ? at : null;
      await db
        .insertInto('token')
        .values({ ...row, hash: hashOf(each), created_at: at, expires_at, revoked_at })
        .execute();
    }
    for (const name of callers) {
      const ref = `component:default/of-${name}`;
      const said = { reader: 'user:default/viewer', comment: 'It is wrong', selection: null, issue: null };
      const report = { id: reportOf(ref), ref, page: '', ...said, at, closed_at: null };
      await db.insertInto('doc_report').values(report).execute();
    }
  });
  const portal = await startPortal(['--config', join(folder, 'atrium.yaml'), '--quiet', ...store.args]);
  const headersOf: MatrixPortal['headersOf'] = (caller, leaving = false) => {
    const token = tokens[caller as keyof typeof tokens];
    if (token) return { authorization: `Bearer ${token}` };
    return { cookie: `atrium=${sessions[caller]?.[leaving ? 1 : 0]}`, origin: portal.url };
  };
  // People are known, and their sessions count, from the first reading on.
  await settled(portal, headersOf('machine'));
  return {
    url: portal.url,
    scope: SCOPE,
    headersOf,
    async stop() {
      await portal.stop();
      await store.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(folder: string) {
  const grant = (role: string) => ({ role, people: [role] });
  const provider = {
    id: 'company',
    kind: 'oidc',
    title: 'Company',
    issuer: 'http://127.0.0.1:9',
    clientId: 'atrium',
  };
  return {
    sources: [{ id: 'estate', target: join(folder, 'catalog-info.yaml') }],
    access: {
      signIn: [provider],
      defaultRole: 'viewer',
      grants: [
        grant('contributor'),
        grant('platform'),
        grant('admin'),
        { role: 'contributor', people: ['owner'] },
      ],
      requestsPerMinute: 100_000,
    },
  };
}

const secret = () => randomBytes(32).toString('base64url');
const hashOf = (text: string) => hash('sha256', text, 'base64url');

/** Until the first reading is over nobody is known. */
async function settled({ url }: Portal, headers: Record<string, string>): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/api/sources`, { headers });
    if (answer.ok && ((await answer.json()) as { ready: boolean }).ready) return;
    await new Promise((done) => setTimeout(done, 200));
  }
}
