/** Patterns that somebody else wrote: one that would take forever on some text is stopped. */
import { withinTime } from './within-time.ts';

const TIME_LIMIT_MS = 500;

/** @throws {Error} when it takes too long. */
export function testAll(pattern: RegExp, texts: readonly string[]): boolean[] {
  return withinTime(TIME_LIMIT_MS, () => texts.map((text) => pattern.test(text)));
}

/** @param pattern with the flag `g`. @throws {Error} when it takes too long. */
export function replaceAll(pattern: RegExp, text: string, by: string): string {
  return withinTime(TIME_LIMIT_MS, () => text.replaceAll(pattern, by));
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
