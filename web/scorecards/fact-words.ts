/** The value of a fact in one line, as far as one line goes. */
import { count } from '#web/kit/format.ts';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';

const text = scorecardMessages.factList;
const LONGEST = 120;
const NAMED = 5;

function short(words: string): string {
  return words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return text.nothing;
  if (typeof value === 'boolean') return value ? text.yes : text.no;
  if (typeof value === 'number') return count(value);
  if (typeof value === 'string') return short(value);
  if (Array.isArray(value)) return text.items(value.length);
  return '…';
}

/** `present yes, words 240`: the fields of an object by name, the first of them. */
export function factWords(value: unknown): string {
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object');
    return isPlain && value.length > 0 ? short(value.map(plain).join(', ')) : text.items(value.length);
  }
  if (typeof value !== 'object' || value === null) return plain(value);
  const fields = Object.entries(value);
  const named = fields.slice(0, NAMED).map(([name, field]) => `${name} ${plain(field)}`);
  return [...named, ...(fields.length > NAMED ? ['…'] : [])].join(', ') || text.nothing;
}

/** Whether the line leaves something out that is worth a look. */
export function isAbridged(value: unknown): boolean {
  if (typeof value === 'string') return value.length > LONGEST;
  if (typeof value !== 'object' || value === null) return false;
  const fields = Object.values(value);
  return (
    fields.length > NAMED ||
    fields.some((field) => typeof field === 'object' && field !== null && Object.keys(field).length > 0)
  );
}
