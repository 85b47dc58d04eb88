/** Bounds how much one principal asks, and how many wrong credentials one address tries. */
import { hash } from 'node:crypto';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { AtriumError } from '#model/errors.ts';
import type { Gate, Principal } from '../kernel/gate.ts';
import type { Audit } from './audit.ts';

export interface LimitOptions {
  requestsPerMinute: number;
  audit: Pick<Audit, 'record'>;
  now: () => Date;
}

/** Of one address, each different: nobody has so many tokens, and far too few to find one. */
const WRONG_PER_MINUTE = 20;
const MINUTE_MS = 60_000;
const MOST_KEYS = 20_000;
const LIMITED = 429;

/** The same gate, which lets nobody through too often. What is known at once is still answered without a promise. */
export function limitGate(gate: Gate, { requestsPerMinute, audit, now }: LimitOptions): Gate {
  const requests = new Counter(requestsPerMinute, now);
  const guesses = new Guesses(now);
  const admit = (request: FastifyRequest, principal: Principal) => {
    const over = requests.count(
      principal.kind === 'anonymous' ? `anonymous ${networkOf(request)}` : principal.id,
    );
    if (over === undefined) return principal;
    const error = tooMany('requests', over.seconds);
    if (!over.first) throw error;
    return told(request, principal, error);
  };
  const told = async (request: FastifyRequest, principal: Principal, error: AtriumError): Promise<never> => {
    const who = { actor: principal.id, behind: principal.actor ?? null, address: request.ip };
    await audit.record({ ...who, action: 'access.rate-limit', outcome: 'refused', status: LIMITED });
    throw error;
  };
  return {
    authenticate(request) {
      guesses.check(request);
      const known = gate.authenticate(request);
      if (!(known instanceof Promise)) return admit(request, known);
      return known.then(
        (principal) => admit(request, principal),
        (error: unknown) => {
          if (error instanceof AtriumError && error.code === 'SIGN_IN_NEEDED') guesses.wrong(request);
          throw error;
        },
      );
    },
    authorize: gate.authorize.bind(gate),
    // Once a minute is enough: or whoever floods the portal would flood the audit.
    audit: async (request, permission, status) =>
      status === LIMITED ? undefined : gate.audit(request, permission, status),
    lookAgain: gate.lookAgain.bind(gate),
    onEnded: gate.onEnded.bind(gate),
  };
}

/** Whatever was found wrong; the same wrong token again and again is a mistake, not a search. */
class Guesses {
  readonly #counter: Counter;
  readonly #known = new LRUCache<string, true>({ max: MOST_KEYS });

  constructor(now: () => Date) {
    this.#counter = new Counter(WRONG_PER_MINUTE, now);
  }

  /** @throws {AtriumError} TOO_MANY_REQUESTS for further ones from an address that tried too many. */
  check(request: FastifyRequest): void {
    if (request.headers.authorization === undefined) return;
    const seconds = this.#counter.secondsLeft(networkOf(request));
    if (seconds !== undefined) throw tooMany('wrong credentials', seconds);
  }

  wrong(request: FastifyRequest): void {
    const network = networkOf(request);
    const tried = `${network} ${hash('sha256', request.headers.authorization ?? '')}`;
    if (this.#known.has(tried)) return;
    this.#known.set(tried, true);
    this.#counter.count(network);
  }
}

/** Whoever has an IPv6 address has a whole network of them. */
function networkOf({ ip }: FastifyRequest): string {
  return normalizeIP(ip);
}

/** Counts by key in windows of a minute. */
class Counter {
  readonly #most: number;
  readonly #now: () => Date;
  readonly #counts = new LRUCache<string, { count: number; until: number }>({ max: MOST_KEYS });

  constructor(most: number, now: () => Date) {
    this.#most = most;
    this.#now = now;
  }

  /** @returns undefined while it is not too many; then how long to wait, and whether this is the first. */
  count(key: string): { seconds: number; first: boolean } | undefined {
    const now = this.#now().getTime();
    let counted = this.#counts.get(key);
    if (!counted || now >= counted.until) {
      counted = { count: 0, until: now + MINUTE_MS };
      this.#counts.set(key, counted);
    }
    counted.count++;
    if (counted.count <= this.#most) return undefined;
    return { seconds: Math.ceil((counted.until - now) / 1000), first: counted.count === this.#most + 1 };
  }

  /** Until a key that was counted as often as it may be can be counted again. */
  secondsLeft(key: string): number | undefined {
    const now = this.#now().getTime();
    const counted = this.#counts.get(key);
    if (!counted || counted.count < this.#most || now >= counted.until) return undefined;
    return Math.ceil((counted.until - now) / 1000);
  }
}

function tooMany(what: string, seconds: number): AtriumError {
  return new AtriumError('TOO_MANY_REQUESTS', `There were too many ${what} in a minute`, {
    retryAfter: seconds,
  });
}
