/** Who is signed in: sessions of people, known by a secret in a cookie of which only the hash is kept. */
import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { Principal } from '../kernel/gate.ts';
import type { openSessionSchema } from './contract.ts';
import type { Cookies } from './cookies.ts';
import { refuseCrossSite } from './csrf.ts';
import { readPerson } from './people.ts';
import type { Policy } from './policy.ts';
import { type SessionRow, SessionStore } from './session-store.ts';
import type { AccessTables } from './tables.ts';

export interface SessionsOptions {
  db: Kysely<CatalogTables & AccessTables>;
  policy: Pick<Policy, 'rolesOf'>;
  cookies: Cookies;
  /** Of the portal, as browsers name it. */
  origin: () => string;
  now: () => Date;
  /** After so long without use, and at the latest after so long, a session ends. */
  idleHours: number;
  hours: number;
}

export type OpenSession = z.infer<typeof openSessionSchema>;

/** Who has come in by which provider. */
export interface SignedIn {
  person: string;
  provider: string;
  idToken: string | null;
}

/** A session that was looked up a moment ago. */
interface Held {
  id: string;
  key: string;
  principal: Principal;
  /** Of the secret that `key` belongs to; absent when that was replaced already. */
  rotateAt: number | undefined;
  endsAt: number;
  /** Until then the store need not be asked. */
  freshUntil: number;
}

const SECRET_BYTES = 32;
/** For so long another process may not notice that a session ended. */
const FRESH_MS = 10_000;
const ROTATE_EVERY_MS = 3_600_000;
const USE_WRITTEN_EVERY_MS = 60_000;
const HOUR_MS = 3_600_000;
const MOST_HELD = 10_000;
const MOST_LISTED = 500;
const LONGEST_AGENT = 300;
/** A larger one is not kept; the provider then asks whether to end its session. */
const LONGEST_ID_TOKEN = 16_384;

export class Sessions {
  readonly #options: SessionsOptions;
  readonly #store: SessionStore;
  readonly #life: { idle: number; whole: number };
  readonly #held = new LRUCache<string, Held>({ max: MOST_HELD });
  readonly #asking = new Map<string, Promise<Held | undefined>>();
  readonly #of = new WeakMap<FastifyRequest, Held>();
  readonly #listeners = new Set<() => void>();
  /** Grows when something that is held may not be true any more. */
  #version = 0;

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#life = { idle: options.idleHours * HOUR_MS, whole: options.hours * HOUR_MS };
    this.#store = new SessionStore(options.db as never, this.#life);
  }

  /**
   * Who sent a request; undefined when no session that lasts came with it. Known at once when it was asked a
   * moment ago.
   * @throws {AtriumError} CROSS_SITE_REFUSED
   */
  principalOf(request: FastifyRequest): Principal | undefined | Promise<Principal | undefined> {
    const { cookies, origin, now } = this.#options;
    const secret = cookies.get(request, 'session');
    refuseCrossSite(request, origin, secret !== undefined);
    if (secret === undefined) return undefined;
    const key = hash('sha256', secret, 'base64url');
    const held = this.#held.get(key);
    if (!held || now().getTime() >= held.freshUntil) return this.#ask(request, key);
    this.#of.set(request, held);
    return held.principal;
  }

  /**
   * Who the session is by which a request came in earlier; undefined when it has ended. Read anew, and no use of it: a
   * page that is only left open doesn't keep its session.
   */
  async stillIn(request: FastifyRequest): Promise<Principal | undefined> {
    const id = this.#of.get(request)?.id;
    const row = id === undefined ? undefined : await this.#store.findById(id, this.#options.now());
    return row && this.#personOf(row);
  }

  /** @param listener is called when sessions were ended here. */
  onEnded(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Begins a session under a new id, and ends the one that the browser had: whoever knew that id knows nothing now. */
  async start(
    request: FastifyRequest,
    reply: FastifyReply,
    { person, provider, idToken }: SignedIn,
  ): Promise<void> {
    const at = this.#options.now();
    await this.end(request, reply);
    await this.#store.removeEnded(at);
    const { secret, key } = newSecret();
    const agent = request.headers['user-agent']?.slice(0, LONGEST_AGENT) ?? null;
    const id_token = idToken !== null && idToken.length <= LONGEST_ID_TOKEN ? idToken : null;
    await this.#store.insert(
      { id: randomUUID(), hash: key, person, provider, id_token, address: request.ip, agent },
      at,
    );
    this.#options.cookies.set(reply, 'session', secret, this.#life.whole / 1000);
  }

  /** @returns the session of the request, which has ended now. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<SessionRow | undefined> {
    const held = this.#of.get(request);
    if (!held) return undefined;
    const [row] = await this.#remove({ person: held.principal.id, id: held.id });
    this.#options.cookies.clear(reply, 'session');
    return row;
  }

  /** @returns how many sessions of the person have ended now, and that of the request among them. */
  async endAll(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
  ): Promise<{ ended: number; own: SessionRow | undefined }> {
    const rows = await this.#remove({ person });
    const held = this.#of.get(request);
    if (held) this.#options.cookies.clear(reply, 'session');
    return { ended: rows.length, own: rows.find(({ id }) => id === held?.id) };
  }

  /** @throws {AtriumError} SESSION_NOT_FOUND when there is none, or it is somebody else's. */
  async endOne(person: string, id: string): Promise<void> {
    const ended = await this.#remove({ person, id });
    if (ended.length === 0) throw new AtriumError('SESSION_NOT_FOUND', `You have no session ${id}`);
  }

  /** Ends one, whosever it is. @returns whose it was. @throws {AtriumError} SESSION_NOT_FOUND */
  async endAny(id: string): Promise<string> {
    const [ended] = await this.#remove({ id });
    if (!ended) throw new AtriumError('SESSION_NOT_FOUND', `There is no session ${id}`);
    return ended.person;
  }

  /** @param person whose sessions end; everybody's with null. @returns how many there were. */
  async endOf(person: string | null): Promise<number> {
    return (await this.#remove(person === null ? {} : { person })).length;
  }

  /** Of a person, or of everybody; the last used first. */
  async list(request: FastifyRequest, person?: string): Promise<OpenSession[]> {
    const rows = await this.#store.of(person, this.#options.now(), MOST_LISTED);
    const current = this.#of.get(request)?.id;
    return rows.map(({ id, person: whose, provider, created_at, seen_at, address, agent }) => ({
      id,
      person: whose,
      provider,
      createdAt: created_at.toISOString(),
      lastSeenAt: seen_at.toISOString(),
      expiresAt: new Date(created_at.getTime() + this.#life.whole).toISOString(),
      address,
      agent,
      current: id === current,
    }));
  }

  /** To be called when people or groups have changed: what is known of those who are signed in is read anew. */
  forget(): void {
    this.#version++;
    this.#held.clear();
  }

  /** Whether the session of a request is due to get another id. */
  isDue(request: FastifyRequest): boolean {
    const rotateAt = this.#of.get(request)?.rotateAt;
    return rotateAt !== undefined && this.#options.now().getTime() >= rotateAt;
  }

  /** Gives the session of a request another id. The one before it opens nothing from a minute later. */
  async rotate(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const held = this.#of.get(request);
    if (!held) return;
    const at = this.#options.now();
    const { secret, key } = newSecret();
    if (!(await this.#store.rotate(held.id, held.key, key, at))) return;
    this.#held.delete(held.key);
    this.#options.cookies.set(reply, 'session', secret, (held.endsAt - at.getTime()) / 1000);
  }

  async #remove(which: { person?: string; id?: string }): Promise<SessionRow[]> {
    const rows = await this.#store.remove(which);
    this.forget();
    if (rows.length > 0) for (const listener of this.#listeners) listener();
    return rows;
  }

  /** A page asks many things at once; the store is asked once. */
  async #ask(request: FastifyRequest, key: string): Promise<Principal | undefined> {
    let asking = this.#asking.get(key);
    if (!asking) {
      asking = this.#read(key).finally(() => this.#asking.delete(key));
      this.#asking.set(key, asking);
    }
    const held = await asking;
    if (held) this.#of.set(request, held);
    return held?.principal;
  }

  async #read(key: string): Promise<Held | undefined> {
    const at = this.#options.now();
    const version = this.#version;
    const found = await this.#store.find(key, at);
    const principal = found && (await this.#personOf(found.row));
    // A person who has left the catalog is nobody; should she come back, she signs in again.
    if (found && !principal) await this.#store.remove({ person: found.row.person });
    if (!found || !principal) return undefined;
    const { row, until } = found;
    const unwritten = at.getTime() - row.seen_at.getTime();
    if (unwritten >= Math.min(USE_WRITTEN_EVERY_MS, this.#life.idle / 4)) await this.#store.seen(row.id, at);
    const held: Held = {
      id: row.id,
      key,
      principal,
      rotateAt: row.hash === key ? row.rotated_at.getTime() + ROTATE_EVERY_MS : undefined,
      endsAt: row.created_at.getTime() + this.#life.whole,
      freshUntil: Math.min(at.getTime() + FRESH_MS, until),
    };
    if (version === this.#version) this.#held.set(key, held);
    return held;
  }

  async #personOf(row: SessionRow): Promise<Principal | undefined> {
    const { db, policy } = this.#options;
    const person = await readPerson(db, row.person);
    if (!person) return undefined;
    const { ref, name, groups } = person;
    return { id: ref, kind: 'person', ref, name, groups, roles: policy.rolesOf(ref, groups) };
  }
}

function newSecret(): { secret: string; key: string } {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { secret, key: hash('sha256', secret, 'base64url') };
}
