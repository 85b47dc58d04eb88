/** Tokens of people and machines: shown once, kept as hashes, limited to some permissions and to a time. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { CatalogTables } from '../catalog/index.ts';
import { localPrincipal, type Principal } from '../kernel/gate.ts';
import type { createTokenBodySchema, tokenSchema } from './contract.ts';
import { readPerson } from './people.ts';
import type { Policy } from './policy.ts';
import type { AccessTables, TokenTable } from './tables.ts';

export type Token = z.infer<typeof tokenSchema>;
export type NewToken = z.infer<typeof createTokenBodySchema>;

export interface TokensOptions {
  db: Kysely<CatalogTables & AccessTables>;
  policy: Policy;
  now: () => Date;
  /** The portal is for one person on this machine, who is known as `local`. */
  localMode: boolean;
}

/** A token that is not accepted. */
export class RefusedToken {
  readonly reason: string;
  /** Null for one that never was. */
  readonly id: string | null;

  constructor(reason: string, id: string | null) {
    this.reason = reason;
    this.id = id;
  }
}

interface Held {
  id: string;
  principal: Principal;
  /** Until then the store need not be asked. */
  freshUntil: number;
  usedAt: number;
}

type Row = Selectable<TokenTable>;

const PREFIX = 'atr_';
const SECRET_BYTES = 32;
const SECRET = /^atr_[\w-]{43}$/;
/** For so long another process may not notice that a token was revoked, or that somebody left a group. */
const FRESH_MS = 10_000;
const MOST_HELD = 10_000;
const USE_WRITTEN_EVERY_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const LOCAL = localPrincipal.id;

export class Tokens {
  readonly #options: TokensOptions;
  readonly #held = new LRUCache<string, Held>({ max: MOST_HELD });
  readonly #listeners = new Set<() => void>();
  /** Grows when something that is held may not be true any more: what was read before is not kept after it. */
  #revision = 0;

  constructor(options: TokensOptions) {
    this.#options = options;
  }

  /** Whose token it is. Known at once when it was asked a moment ago. */
  principalOf(secret: string, address: string): Principal | RefusedToken | Promise<Principal | RefusedToken> {
    // Found by its hash: how long that takes tells nothing of the secrets that there are.
    const key = hash('sha256', secret, 'base64url');
    const now = this.#options.now().getTime();
    const held = this.#held.get(key);
    if (!held || now >= held.freshUntil) return this.#read(secret, key, address);
    if (now - held.usedAt < USE_WRITTEN_EVERY_MS) return held.principal;
    return this.#noteUse(held, address).then(() => held.principal);
  }

  /** The same, read anew. */
  stillIs(secret: string, address: string): Promise<Principal | RefusedToken> {
    return this.#read(secret, hash('sha256', secret, 'base64url'), address);
  }

  /** @param listener is called when a token was revoked here. */
  onRevoked(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * @param scopes have been held against what the maker may do.
   * @returns the secret, which can't be had again.
   */
  async create(
    maker: Principal,
    { name, kind, scopes, expiresInDays }: NewToken,
  ): Promise<{ token: Token; secret: string }> {
    const secret = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
    const at = this.#options.now();
    const row = await this.#options.db
      .insertInto('token')
      .values({
        id: randomUUID(),
        name,
        kind,
        owner: maker.id,
        behind: maker.actor ?? null,
        hash: hash('sha256', secret, 'base64url'),
        scopes: [...new Set(scopes)],
        created_at: at,
        expires_at: new Date(at.getTime() + expiresInDays * DAY_MS),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    return { token: answerToken(row), secret };
  }

  /** Those that are not revoked, newest first. @param owner of all when absent. */
  async list(owner?: string): Promise<Token[]> {
    const rows = await this.#options.db
      .selectFrom('token')
      .selectAll()
      .where('revoked_at', 'is', null)
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner ?? ''))
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .execute();
    return rows.map(answerToken);
  }

  /** @throws {AtriumError} TOKEN_NOT_FOUND */
  async get(id: string): Promise<Token> {
    const row = await this.#options.db
      .selectFrom('token')
      .selectAll()
      .where('id', '=', id)
      .where('revoked_at', 'is', null)
      .executeTakeFirst();
    if (!row) throw new AtriumError('TOKEN_NOT_FOUND', `There is no token ${id}`);
    return answerToken(row);
  }

  /** From now on it is refused. It stays known, so that whoever still uses it can be told apart. */
  async revoke(id: string): Promise<void> {
    const { db, now } = this.#options;
    const row = await db
      .updateTable('token')
      .set({ revoked_at: now() })
      .where('id', '=', id)
      .returning('hash')
      .executeTakeFirst();
    this.#revision += 1;
    if (row) this.#held.delete(row.hash);
    for (const listener of this.#listeners) listener();
  }

  /** To be called when people or groups have changed. */
  forget(): void {
    this.#revision += 1;
    this.#held.clear();
  }

  async #read(secret: string, key: string, address: string): Promise<Principal | RefusedToken> {
    this.#held.delete(key);
    const revision = this.#revision;
    if (!SECRET.test(secret)) return new RefusedToken('It is not a token of this portal', null);
    const { db, now } = this.#options;
    const row = await db.selectFrom('token').selectAll().where('hash', '=', key).executeTakeFirst();
    if (!row) return new RefusedToken('The token is not known', null);
    const at = now().getTime();
    if (row.revoked_at) return new RefusedToken('The token was revoked', row.id);
    if (row.expires_at.getTime() <= at) return new RefusedToken('The token has expired', row.id);
    const principal = await this.#principal(row);
    if (!principal) return new RefusedToken('Nobody stands behind the token any more', row.id);
    const freshUntil = Math.min(at + FRESH_MS, row.expires_at.getTime());
    const held = { id: row.id, principal, freshUntil, usedAt: row.last_used_at?.getTime() ?? 0 };
    if (at - held.usedAt >= USE_WRITTEN_EVERY_MS) await this.#noteUse(held, address);
    if (revision === this.#revision) this.#held.set(key, held);
    return principal;
  }

  /** A person's token is that person, as she is now and no more than the scopes allow. */
  async #principal(row: Row): Promise<Principal | undefined> {
    const { db, policy, localMode } = this.#options;
    const { owner, behind } = row;
    // Made by whoever sat at the machine, without any sign-in: where people sign in it is worth nothing.
    if (!localMode && (owner === LOCAL || behind === LOCAL)) return undefined;
    const scopes = row.scopes as Principal['scopes'] & {};
    const id = `token:${row.id}`;
    if (row.kind === 'machine') {
      return { id, kind: 'machine', ref: null, name: row.name, groups: [], roles: [], scopes, actor: owner };
    }
    if (owner === LOCAL) return { ...localPrincipal, scopes, actor: id };
    const person = await readPerson(db, owner);
    if (!person) return undefined;
    const { ref, name, groups } = person;
    return {
      id: ref,
      kind: 'person',
      ref,
      name,
      groups,
      roles: policy.rolesOf(ref, groups),
      scopes,
      actor: id,
    };
  }

  async #noteUse(held: Held, address: string): Promise<void> {
    const at = this.#options.now();
    held.usedAt = at.getTime();
    await sql`update token set last_used_at = ${at}, last_used_from = ${address}
      where id = ${held.id} and coalesce(last_used_at, 'epoch') <= ${new Date(at.getTime() - USE_WRITTEN_EVERY_MS)}`.execute(
      this.#options.db,
    );
  }
}

function answerToken({ id, name, kind, owner, scopes, created_at, expires_at, ...used }: Row): Token {
  return {
    id,
    name,
    kind,
    owner,
    scopes: scopes as Token['scopes'],
    createdAt: created_at.toISOString(),
    expiresAt: expires_at.toISOString(),
    lastUsedAt: used.last_used_at?.toISOString() ?? null,
    lastUsedFrom: used.last_used_from,
  };
}
