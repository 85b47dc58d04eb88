/** Patterns that somebody else wrote: one that would take forever on some text is stopped. */
import { createContext, Script } from 'node:vm';

const TIME_LIMIT_MS = 500;

interface Room {
  pattern?: RegExp;
  texts?: readonly string[];
  by?: string;
}

// A time limit holds for what runs in a context; regular expressions are interrupted by it.
const room: Room = createContext(Object.create(null));
const matching = new Script('texts.map((text) => pattern.test(text))');
const replacing = new Script('texts.map((text) => text.replaceAll(pattern, by))');

function run<T>(script: Script, given: Room): T[] {
  Object.assign(room, given);
  const results: Iterable<T> = script.runInContext(room, { timeout: TIME_LIMIT_MS });
  return [...results];
}

/** @throws {Error} when it takes too long. */
export function testAll(pattern: RegExp, texts: readonly string[]): boolean[] {
  return run(matching, { pattern, texts });
}

/** @param pattern with the flag `g`. @throws {Error} when it takes too long. */
export function replaceAll(pattern: RegExp, text: string, by: string): string {
  return run<string>(replacing, { pattern, texts: [text], by })[0] ?? text;
}

/**
 * For a validator of JSON Schema.
 * @throws {Error} from `test`, when it takes too long.
 */
export function boundedPattern(source: string, flags: string) {
  const pattern = new RegExp(source, flags);
  return {
    test: (text: string) => testAll(pattern, [text])[0] === true,
    // The validator keeps patterns by their text.
    toString: () => String(pattern),
  };
}
boundedPattern.code = 'new RegExp';
