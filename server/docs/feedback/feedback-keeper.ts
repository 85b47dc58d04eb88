/** What readers said, followed on: issues that were closed, and searches that have an answer by now. */
import type { Log } from '../../kernel/log.ts';
import type { DocFeed } from '../feed.ts';
import { closeAnswered } from './gaps.ts';
import { followIssues, type ReportDeps } from './reports.ts';

export interface FeedbackKeeperDeps extends ReportDeps {
  feed: DocFeed;
  /** Told of sites of which something is no longer reported. */
  onClosed: (refs: readonly string[]) => void;
  log: Log;
}

/** Pages come by hundreds when a portal starts; searches are tried when no more come. */
const GATHER_MS = 20_000;
const HOUR_MS = 3_600_000;

export class FeedbackKeeper {
  readonly #deps: FeedbackKeeperDeps;
  #timer: NodeJS.Timeout | undefined;
  #hourly: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(deps: FeedbackKeeperDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#hourly = setInterval(() => {
      this.#begin(() => this.followIssues());
      this.#begin(() => this.tryGaps());
    }, HOUR_MS);
    this.#hourly.unref();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    clearInterval(this.#hourly);
    await this.#working;
  }

  /** There are other pages than before. */
  heed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#begin(() => this.tryGaps());
    }, GATHER_MS).unref();
  }

  /** Closes reports whose issue was closed. Runs by itself every hour. */
  async followIssues(): Promise<void> {
    const refs = await followIssues(this.#deps);
    if (refs.length === 0) return;
    this.#deps.onClosed(refs);
    this.#deps.feed.publish(refs);
  }

  /** Closes gaps that are none any more. Runs by itself every hour, and when there are other pages. */
  async tryGaps(): Promise<void> {
    await closeAnswered(this.#deps);
  }

  #begin(work: () => Promise<void>): void {
    this.#working = this.#working.then(() =>
      work().catch((error: unknown) =>
        this.#deps.log.warn(
          { error: String(error) },
          'what readers said could not be followed; trying again',
        ),
      ),
    );
  }
}
