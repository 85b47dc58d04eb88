/** Hands readings to the store in batches, while the next are being read. */
import type { PartReading } from '#model/contribution.ts';
import type { SourceContext } from '#model/integration.ts';

const BATCH_CONTRIBUTIONS = 500;
/** Of files that changed, most documents say what they said before; to write each file by itself takes longer. */
const CHANGED_CONTRIBUTIONS = 5000;
const BATCH_PARTS = 400;
const MAX_IN_FLIGHT = 3;

/**
 * Independent parts are not waited for one by one, but no more than three batches are under way: a source
 * must not run far ahead of its store.
 */
export class HandOver {
  /** Whether it is of files that were read before. */
  readonly ofChanges: boolean;
  readonly #apply: SourceContext['apply'];
  #waiting: PartReading[] = [];
  #contributions = 0;
  readonly #inFlight = new Set<Promise<void>>();
  #failure: { error: unknown } | undefined;

  constructor(context: Pick<SourceContext, 'apply'>, { ofChanges = false } = {}) {
    this.#apply = (readings) => context.apply(readings);
    this.ofChanges = ofChanges;
  }

  async add(readings: readonly PartReading[]): Promise<void> {
    const most = this.ofChanges ? CHANGED_CONTRIBUTIONS : BATCH_CONTRIBUTIONS;
    for (const reading of readings) {
      this.#waiting.push(reading);
      this.#contributions += reading.contributions.length;
      if (this.#contributions >= most || this.#waiting.length >= BATCH_PARTS) await this.#send();
    }
  }

  /** Sends what is left and waits until all is stored. @throws what `apply` threw first. */
  async finish(): Promise<void> {
    if (this.#waiting.length > 0) await this.#send();
    await Promise.all(this.#inFlight);
    this.#throwFailure();
  }

  async #send(): Promise<void> {
    while (this.#inFlight.size >= MAX_IN_FLIGHT) await Promise.race(this.#inFlight);
    this.#throwFailure();
    const batch = this.#waiting;
    this.#waiting = [];
    this.#contributions = 0;
    const sending = this.#apply(batch).then(
      () => {},
      (error: unknown) => {
        this.#failure ??= { error };
      },
    );
    this.#inFlight.add(sending);
    void sending.then(() => this.#inFlight.delete(sending));
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }
}
