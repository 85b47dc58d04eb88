/** Names and what they stand for while a text is rendered. */
import type { FilterContext } from './filters.ts';
import { Callable, number } from './values.ts';

/** Variables of one block. A name is looked for in the block itself, then in those around it. */
export class Frame {
  readonly #variables = new Map<string, unknown>();
  /** These hide what is around, even while they have no value. */
  readonly #declared = new Set<string>();
  readonly #parent: Frame | undefined;
  readonly #isolated: boolean;
  readonly topLevel: boolean;

  /** @param isolated whether assignments stay in it. */
  constructor(parent?: Frame, { isolated = false, topLevel = false } = {}) {
    this.#parent = parent;
    this.#isolated = isolated;
    this.topLevel = topLevel;
  }

  lookup(name: string): unknown {
    const value = this.#variables.get(name);
    return value === undefined && this.#parent ? this.#parent.lookup(name) : value;
  }

  /** Whether a name belongs to a block, so that nothing given is meant by it. */
  declares(name: string): boolean {
    return this.#declared.has(name) || (this.#parent?.declares(name) ?? false);
  }

  /** The variables of loops and the arguments of macros. */
  declare(name: string, value: unknown): void {
    this.#declared.add(name);
    this.define(name, value);
  }

  define(name: string, value: unknown): void {
    this.#variables.set(name, value);
  }

  /** Assigns to the nearest variable of that name, or to a new one here. */
  assign(name: string, value: unknown): void {
    (this.#holder(name) ?? this).define(name, value);
  }

  #holder(name: string): Frame | undefined {
    if (this.#variables.get(name) !== undefined) return this;
    return this.#isolated || !this.#parent ? undefined : this.#parent.#holder(name);
  }
}

/** Longest text that one request may give, in UTF-16 code units. */
const LONGEST_OUTPUT = 16 * 1024 * 1024;

/** What is the same for all of one text. */
export interface Rendering extends FilterContext {
  /** What the template is given, and what it sets at its top. */
  variables: Map<string, unknown>;
  python: boolean;
  budget: Budget;
}

export class Budget {
  #left = LONGEST_OUTPUT;

  /** @throws {RangeError} when all texts together become too long. */
  spend(text: string): string {
    this.#left -= text.length;
    if (this.#left < 0) throw new RangeError(`the result is longer than ${LONGEST_OUTPUT} characters`);
    return text;
  }
}

const MOST_ITEMS = 1_000_000;

function range(args: unknown[]): number[] {
  const [first, second, third] = args.map((arg) => number(arg));
  const [start, stop] =
    second === undefined || args[1] === undefined ? [0, first ?? 0] : [first ?? 0, second];
  const step = third || 1;
  const length = Math.max(Math.ceil((stop - start) / step), 0);
  if (!(length <= MOST_ITEMS)) throw new RangeError(`range gives ${MOST_ITEMS} numbers at most`);
  return Array.from({ length }, (_, index) => start + index * step);
}

function cycler(items: unknown[]): Record<string, unknown> {
  let index = -1;
  const state: Record<string, unknown> = { current: null };
  const at = (place: number) => {
    index = place;
    state.current = place < 0 ? null : items[place];
    return state.current;
  };
  state.next = new Callable(() => at((index + 1) % items.length));
  state.reset = new Callable(() => at(-1));
  return state;
}

function joiner([separator]: unknown[]): Callable {
  let isFirst = true;
  return new Callable(() => {
    const before = isFirst ? '' : separator || ',';
    isFirst = false;
    return before;
  });
}

/** What is there without being given. @param failed whether a step before failed; absent where it is not asked. */
export function globals(python: boolean, failed?: boolean): Map<string, unknown> {
  const names: [string, unknown][] = [
    ['range', new Callable(range)],
    ['cycler', new Callable(cycler)],
    ['joiner', new Callable(joiner)],
  ];
  if (python) names.push(['True', true], ['False', false], ['None', null]);
  if (failed !== undefined) {
    names.push(['always', new Callable(() => true)], ['failure', new Callable(() => failed)]);
  }
  return new Map(names);
}
