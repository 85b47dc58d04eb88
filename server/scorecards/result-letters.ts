/** Results as a row of letters, one for each rule: small to store, quick to compare and to count. */
import type { Result } from '#model/scorecard.ts';

const letters: Record<Result, string> = {
  pass: 'p',
  fail: 'f',
  unknown: 'u',
  exempt: 'x',
  grace: 'g',
  'not-applicable': 'n',
};
const byLetter = new Map(Object.entries(letters).map(([result, letter]) => [letter, result as Result]));

export function letterOf(result: Result): string {
  return letters[result];
}

/** What is no letter of ours is unknown. */
export function resultOf(letter: string | undefined): Result {
  return byLetter.get(letter ?? '') ?? 'unknown';
}

export function readResults(text: string): Result[] {
  return [...text].map(resultOf);
}
