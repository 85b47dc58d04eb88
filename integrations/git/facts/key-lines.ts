/** On which lines of a YAML or JSON document a key stands. Minified documents have one line, which is then said. */
export class KeyLines {
  readonly #lines = new Map<string, number[]>();

  constructor(source: string) {
    source.split('\n').forEach((line, index) => {
      const key = keyOf(line.trim());
      if (key === undefined) return;
      const known = this.#lines.get(key);
      if (known) known.push(index + 1);
      else this.#lines.set(key, [index + 1]);
    });
  }

  first(key: string): number | undefined {
    return this.#lines.get(key)?.[0];
  }

  /** The next line with the key below another line. */
  after(key: string, line: number): number | undefined {
    return this.#lines.get(key)?.find((one) => one > line);
  }
}

function keyOf(line: string): string | undefined {
  const plain = line.startsWith('- ') ? line.slice(2).trim() : line;
  const quote = plain[0];
  if (quote === '"' || quote === "'") {
    const end = plain.indexOf(quote, 1);
    return end > 0 &&
      plain
        .slice(end + 1)
        .trimStart()
        .startsWith(':')
      ? plain.slice(1, end)
      : undefined;
  }
  const end = plain.indexOf(': ');
  if (end !== -1) return plain.slice(0, end);
  return plain.endsWith(':') ? plain.slice(0, -1) : undefined;
}
