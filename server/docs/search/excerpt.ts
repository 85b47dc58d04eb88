/** The piece of a text around the words that were searched for, with these marked. */
import type { Answer } from '../contract.ts';

type Excerpt = Answer['excerpt'];

const LENGTH = 220;
const LEAD = 60;
const MOST_WORDS = 12;

/** What questions are asked with, and no text is found by. */
const FILLING = new Set(
  (
    'a an and any are as at be but by can could did do does for from had has have how i if in into is it its me my of on ' +
    'or our shall should so than that the their them then there these they this those to us was we were what when where ' +
    'which who whom whose why will with would you your'
  ).split(' '),
);

/** Words of a search: letters, digits, and what holds names together (`retry_after`, `PAY-12`, `v1.2`). */
export function wordsOf(query: string): string[] {
  const words = [...new Set(query.toLowerCase().match(/[\p{L}\p{N}]+(?:[_.-][\p{L}\p{N}]+)*/gu))];
  const telling = words.filter((word) => !FILLING.has(word));
  return (telling.length > 0 ? telling : words).slice(0, MOST_WORDS);
}

/** Marks what begins like a word, or like its stem: `retries` finds `retry`. */
export function excerptOf(written: string, words: readonly string[]): Excerpt {
  const text = written.replace(/\s+/g, ' ').trim();
  if (words.length === 0) return text === '' ? [] : [{ text: text.slice(0, LENGTH), match: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(startOf).join('|')})[\\p{L}\\p{N}]*`, 'giu');
  const matches = [...text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const begin = windowStart(text, matches);
  const end = Math.min(text.length, begin + LENGTH);
  const parts: Excerpt = begin > 0 ? [{ text: '…', match: false }] : [];
  let at = begin;
  for (const { from, to } of matches) {
    if (from < at || to > end) continue;
    if (from > at) parts.push({ text: text.slice(at, from), match: false });
    parts.push({ text: text.slice(from, to), match: true });
    at = to;
  }
  if (at < end) parts.push({ text: text.slice(at, end), match: false });
  if (end < text.length) parts.push({ text: '…', match: false });
  return parts;
}

/** Where a piece begins that holds as many matches as any. */
function windowStart(text: string, matches: readonly { from: number; to: number }[]): number {
  let best = 0;
  let most = 0;
  for (const { from } of matches) {
    const begin = Math.max(0, from - LEAD);
    const held = matches.filter((match) => match.from >= begin && match.to <= begin + LENGTH).length;
    if (held > most) [best, most] = [begin, held];
  }
  // From the start of a word on, and of the text where that is near.
  if (best < LEAD) return 0;
  const space = text.indexOf(' ', best);
  return space === -1 || space > best + 20 ? best : space + 1;
}

/** The word without an ending that its stem would not have, as a pattern. */
function startOf(word: string): string {
  const stem = word.length > 4 ? word.replace(/(?:ies|ing|ed|es|y|s|e)$/, '') : word;
  return (stem.length >= 3 ? stem : word).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
