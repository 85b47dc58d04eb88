/** Asks the links of pages one after another, so that nobody is bothered: each a week after the last time. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Fetch } from '../../../kernel/fetch.ts';
import type { Log } from '../../../kernel/log.ts';
import type { DocDb } from '../../tables.ts';
import { type DueLink, dueLinks, lastAnswered, takeLink, writeLink } from './link-store.ts';
import { everythingAllowed, type Robots, readRobots } from './robots.ts';
import { dueAfter, isDead, judged, type Outcome, ofError, ofStatus } from './verdict.ts';

export interface LinkCheckerDeps {
  db: Kysely<DocDb>;
  /** Guarded: addresses inside are never asked. */
  fetch: Fetch;
  /** Of the portal, as browsers name it; hosts are told who asks. */
  origin: () => string;
  /** Told of links that are dead now, or no longer, and of those that were asked for the first time. */
  onTurned: (urls: readonly string[]) => void;
  log: Log;
  now: () => Date;
  /** From 0 to 1. */
  random?: () => number;
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const PRODUCT = 'Atrium-link-check';
const EVERY_MS = 60_000;
/** Between two requests to one host. */
const HOST_MS = 1000;
const TIME_LIMIT_MS = 20_000;
const LARGEST_BYTES = 512 * 1024;
const AT_ONCE = 100;
const MOST_OF_A_ROUND = 1000;
const ROBOTS_KEPT_MS = 24 * 3_600_000;
/** An answer of this age shows that there is a way out. */
const RECENT_MS = 10 * 60_000;
/** Some answer a HEAD otherwise than a GET, so a bad answer to it is asked again. */
const BUSY = [429, 503];

export class LinkChecker {
  readonly #deps: LinkCheckerDeps;
  readonly #pause: NonNullable<LinkCheckerDeps['pause']>;
  readonly #random: () => number;
  readonly #leave = new AbortController();
  /** When each host was asked last, in milliseconds. */
  readonly #asked = new Map<string, number>();
  readonly #robots = new Map<string, { robots: Robots | Outcome; at: number }>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(deps: LinkCheckerDeps) {
    this.#deps = deps;
    this.#random = deps.random ?? Math.random;
    this.#pause = deps.pause ?? ((ms, signal) => sleep(ms, undefined, { signal }));
  }

  start(): void {
    const begin = () => {
      this.#working = this.#working.then(() => this.round());
    };
    this.#timer = setInterval(begin, EVERY_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#leave.abort();
    await this.#working;
  }

  /** Asks what is due. Runs by itself every minute; resolves when nothing is due, or when it is stopped. */
  async round(): Promise<void> {
    const { db, now, onTurned, log } = this.#deps;
    const turned: string[] = [];
    try {
      for (let done = 0; done < MOST_OF_A_ROUND; ) {
        const due = await dueLinks(db, now(), AT_ONCE);
        if (due.length === 0 || this.#leave.signal.aborted) break;
        for (const link of this.#inTurn(due)) {
          if (await this.#checkOne(link)) turned.push(link.url);
          done++;
        }
      }
    } catch (error) {
      if (!this.#leave.signal.aborted)
        log.warn({ error: String(error) }, 'links could not be checked; trying again');
    }
    this.#forget();
    if (turned.length > 0) onTurned(turned);
  }

  /** Hosts by turns, so that little time is waited for one of them. */
  #inTurn(due: readonly DueLink[]): DueLink[] {
    const places = new Map<string, number>();
    const turns = due.map((link) => {
      const host = new URL(link.url).host;
      const turn = places.get(host) ?? 0;
      places.set(host, turn + 1);
      return { link, turn };
    });
    return turns.sort((a, b) => a.turn - b.turn).map(({ link }) => link);
  }

  /** @returns whether it is dead now and was not, or the other way round, or was never asked before. */
  async #checkOne(link: DueLink): Promise<boolean> {
    const { db, now } = this.#deps;
    if (!(await takeLink(db, link.url, now()))) return false;
    const outcome = await this.#believed(await this.#ask(link.url));
    const at = now();
    const state = judged(link, outcome, at);
    await writeLink(db, { url: link.url, ...state }, dueAfter(outcome, at, this.#random()));
    return isDead(state) !== isDead(link) || (state.askedAt !== null && link.askedAt === null);
  }

  /** Where nobody answers it is the way out that is missing, and no link is to blame. */
  async #believed(outcome: Outcome): Promise<Outcome> {
    if ((outcome.kind !== 'failed' && outcome.kind !== 'unknown') || outcome.status !== null) return outcome;
    const { db, now } = this.#deps;
    const other = await lastAnswered(db);
    const isRecent = (other?.checkedAt?.getTime() ?? 0) > now().getTime() - RECENT_MS;
    const isOut = other && (isRecent || (await this.#isThere(other)));
    return isOut ? outcome : { ...outcome, kind: 'unasked' };
  }

  async #isThere(link: DueLink): Promise<boolean> {
    const { db, now } = this.#deps;
    const outcome = await this.#ask(link.url);
    const at = now();
    await writeLink(db, { ...link, ...judged(link, outcome, at) }, dueAfter(outcome, at, this.#random()));
    return outcome.kind === 'there';
  }

  async #ask(address: string): Promise<Outcome> {
    const url = new URL(address);
    const robots = await this.#robotsOf(url);
    if ('kind' in robots) return robots;
    if (!robots.allows(`${url.pathname}${url.search}`)) return { kind: 'refused', status: null, error: null };
    const head = await this.#request(address, 'HEAD');
    if (head.kind === 'there' || head.kind === 'refused') return head;
    // Nobody is asked twice who is busy, or who is not there at all.
    if (head.status === null || BUSY.includes(head.status)) return head;
    return this.#request(address, 'GET');
  }

  /** What the host asks of programs; an outcome when it can't be asked at all. */
  async #robotsOf({ origin }: URL): Promise<Robots | Outcome> {
    const time = this.#deps.now().getTime();
    const known = this.#robots.get(origin);
    if (known && time - known.at < ROBOTS_KEPT_MS) return known.robots;
    const robots = await this.#readRobots(origin);
    // What failed is asked again with the next link.
    if (!('kind' in robots)) this.#robots.set(origin, { robots, at: time });
    return robots;
  }

  async #readRobots(origin: string): Promise<Robots | Outcome> {
    try {
      const { status, body } = await this.#send(`${origin}/robots.txt`, 'GET');
      if (status >= 500 || status === 429)
        return { kind: 'unknown', status, error: `it answers with ${status}` };
      return status < 300 ? readRobots(body.toString('utf8'), PRODUCT) : everythingAllowed;
    } catch (error) {
      this.#leave.signal.throwIfAborted();
      const outcome = ofError(error);
      return outcome.kind === 'there' ? everythingAllowed : outcome;
    }
  }

  async #request(address: string, method: 'HEAD' | 'GET'): Promise<Outcome> {
    try {
      return ofStatus((await this.#send(address, method)).status);
    } catch (error) {
      this.#leave.signal.throwIfAborted();
      return ofError(error);
    }
  }

  async #send(address: string, method: 'HEAD' | 'GET') {
    const { fetch, now, origin } = this.#deps;
    const { host } = new URL(address);
    const wait = (this.#asked.get(host) ?? 0) + HOST_MS - now().getTime();
    if (wait > 0) await this.#pause(wait, this.#leave.signal);
    try {
      return await fetch(address, {
        method,
        guarded: true,
        once: true,
        timeLimit: TIME_LIMIT_MS,
        largest: LARGEST_BYTES,
        signal: this.#leave.signal,
        headers: { 'user-agent': `${PRODUCT}/1 (+${origin()})`, accept: '*/*' },
      });
    } finally {
      this.#asked.set(host, now().getTime());
    }
  }

  /** Hosts that were not asked for a while. */
  #forget(): void {
    const time = this.#deps.now().getTime();
    for (const [host, at] of this.#asked) if (time - at > HOST_MS) this.#asked.delete(host);
    for (const [host, { at }] of this.#robots) if (time - at > ROBOTS_KEPT_MS) this.#robots.delete(host);
  }
}
