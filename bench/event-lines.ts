/** Follows a stream of server-sent events, as an open page does. */
export class EventLines {
  readonly #stop = new AbortController();
  readonly #waiting = new Set<{ wanted: (event: string, data: string) => boolean; resolve: () => void }>();

  static async open(url: string): Promise<EventLines> {
    const lines = new EventLines();
    const answer = await fetch(url, { signal: lines.#stop.signal });
    void lines.#read(answer).catch(() => undefined);
    return lines;
  }

  /** Resolves with the next event that is wanted. */
  next(wanted: (event: string, data: string) => boolean): Promise<void> {
    return new Promise((resolve) => this.#waiting.add({ wanted, resolve }));
  }

  close(): void {
    this.#stop.abort();
  }

  async #read(answer: Response): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const frames = text.split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) this.#tell(frame);
    }
  }

  #tell(frame: string): void {
    const event = /^event: (.+)$/m.exec(frame)?.[1] ?? '';
    const data = /^data: (.+)$/m.exec(frame)?.[1] ?? '';
    for (const waiting of this.#waiting) {
      if (!waiting.wanted(event, data)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }
}
