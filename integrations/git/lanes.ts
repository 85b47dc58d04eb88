/** Shares chunks of work out to threads, and gives the results in order. */

export interface Lane<Item, Result> {
  /** Resolves when the lane can begin. */
  ready: Promise<void>;
  read(chunk: Item[]): Promise<Result[]>;
  close(): Promise<void>;
}

/** How many chunks may be done before their results are taken: memory is not a queue. */
const AHEAD = 2;

/**
 * Threads take a while to start; until the first is ready, or to the end, `here` does the work in this one.
 * Results come in the order of the chunks.
 */
export async function* readInLanes<Item, Result>(
  chunks: Item[][],
  lanes: Lane<Item, Result>[],
  here: (chunk: Item[]) => Promise<Result[]>,
  { toTheEnd }: { toTheEnd: boolean },
): AsyncGenerator<Result[]> {
  const work = new Work<Item, Result>(chunks);
  try {
    let started = false;
    for (const lane of lanes) {
      const begin = lane.ready.then(() => {
        started = true;
        return work.run((chunk) => lane.read(chunk));
      });
      begin.catch((error: unknown) => work.fail(error));
    }
    void work.run(here, () => started && !toTheEnd);
    for (let index = 0; index < chunks.length; index++) yield await work.result(index);
  } finally {
    work.stop();
    await Promise.all(lanes.map((lane) => lane.close()));
  }
}

class Work<Item, Result> {
  readonly #chunks: Item[][];
  readonly #results: PromiseWithResolvers<Result[]>[];
  #next = 0;
  #taken = 0;
  #moved = Promise.withResolvers<void>();

  constructor(chunks: Item[][]) {
    this.#chunks = chunks;
    this.#results = chunks.map(() => Promise.withResolvers());
    // Whoever asks for a result sees its failure; results that nobody asks for any more may fail unseen.
    for (const { promise } of this.#results) promise.catch(() => {});
  }

  async run(read: (chunk: Item[]) => Promise<Result[]>, isOver = () => false): Promise<void> {
    while (!isOver() && this.#next < this.#chunks.length) {
      if (this.#next - this.#taken >= AHEAD) {
        await this.#moved.promise;
        continue;
      }
      const index = this.#next++;
      try {
        this.#results[index]?.resolve(await read(this.#chunks[index] ?? []));
      } catch (error) {
        this.#results[index]?.reject(error);
      }
    }
  }

  async result(index: number): Promise<Result[]> {
    const result = await (this.#results[index]?.promise ?? []);
    this.#taken = index + 1;
    this.#moved.resolve();
    this.#moved = Promise.withResolvers();
    return result;
  }

  fail(error: unknown): void {
    for (const { reject } of this.#results) reject(error);
  }

  stop(): void {
    this.#next = this.#chunks.length;
    this.#moved.resolve();
  }
}
