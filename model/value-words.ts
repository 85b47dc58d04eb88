/** Words for values in messages, so that each message shows what was found without flooding the page. */

const longestShown = 60;

/** The value as an author would recognise it: `the number 8080`, `"abc"`, `a list`. */
export function describeValue(value: unknown): string {
  if (value === null) return 'empty';
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return `"${shorten(value)}"`;
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `the boolean ${value}`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return `a ${typeof value}`;
}

/** How to turn the value into text. */
export function quoteRemedy(field: string, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return `Write "${value}" in quotes.`;
  if (value === null) return `Give ${field} a text, or remove the key.`;
  return `Write one text for ${field}, in quotes if it holds ": " or starts with a special character.`;
}

export function shorten(text: string): string {
  const clean = text.toWellFormed();
  return clean.length > longestShown ? `${clean.slice(0, longestShown).toWellFormed()}…` : clean;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns undefined for a text that is no JSON, and for JSON that is no mapping. */
export function recordIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
