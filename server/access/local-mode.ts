/** The portal for one person on this machine: nobody signs in, and nobody else can reach it. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import type { CatalogTables } from '../catalog/index.ts';
import { localPrincipal as local, type Principal } from '../kernel/gate.ts';
import type { Cookies } from './cookies.ts';
import { refuseCrossSite } from './csrf.ts';
import { readPerson } from './people.ts';
import type { Policy } from './policy.ts';

export interface LocalModeOptions {
  db: Kysely<CatalogTables>;
  policy: Pick<Policy, 'rolesOf'>;
  cookies: Cookies;
  now: () => Date;
}

const FRESH_MS = 10_000;
const MOST_HELD = 1000;

export class LocalMode {
  readonly principal = local;
  readonly #options: LocalModeOptions;
  readonly #held = new LRUCache<string, { principal: Principal; freshUntil: number }>({ max: MOST_HELD });

  constructor(options: LocalModeOptions) {
    this.#options = options;
  }

  /**
   * Whoever sits here, or the person as whom the portal is looked at.
   * @throws {AtriumError} CROSS_SITE_REFUSED
   */
  principalOf(request: FastifyRequest): Principal | Promise<Principal> {
    // The machine itself is the credential, which any program on it has: only browsers have to say from where.
    refuseCrossSite(request, () => `${request.protocol}://${request.headers.host}`, false);
    const ref = this.#options.cookies.get(request, 'viewAs');
    if (ref === undefined) return local;
    const held = this.#held.get(ref);
    if (held && this.#options.now().getTime() < held.freshUntil) return held.principal;
    return this.#person(ref).then((person) => person ?? local);
  }

  /** Nobody signs in, so nothing ends; only the person as whom the portal is looked at may change. */
  async stillIn(request: FastifyRequest): Promise<Principal> {
    return this.principalOf(request);
  }

  onEnded(): void {}

  /**
   * From now on this browser sees the portal as that person; as whoever sits here with null.
   * @throws {AtriumError} INPUT_INVALID, ENTITY_NOT_FOUND
   */
  async viewAs(reply: FastifyReply, text: string | null): Promise<string | null> {
    const { cookies } = this.#options;
    if (text === null) {
      cookies.clear(reply, 'viewAs');
      return null;
    }
    const ref = readRef(text);
    if (!(await this.#person(ref)))
      throw new AtriumError('ENTITY_NOT_FOUND', `The catalog knows no person ${ref}`);
    cookies.set(reply, 'viewAs', ref);
    return ref;
  }

  /** To be called when people or groups have changed. */
  forget(): void {
    this.#held.clear();
  }

  async #person(ref: string): Promise<Principal | undefined> {
    const { db, policy, now } = this.#options;
    const person = await readPerson(db, ref);
    if (!person) return undefined;
    const { name, groups } = person;
    const roles = policy.rolesOf(ref, groups);
    const principal: Principal = { id: ref, kind: 'person', ref, name, groups, roles, actor: local.id };
    this.#held.set(ref, { principal, freshUntil: now().getTime() + FRESH_MS });
    return principal;
  }
}

function readRef(text: string): string {
  try {
    return canonicalRef(text, { kind: 'user' });
  } catch (cause) {
    throw new AtriumError('INPUT_INVALID', (cause as Error).message, { cause });
  }
}
