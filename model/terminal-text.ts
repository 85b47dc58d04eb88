/**
 * Text of strangers as a terminal may show it: control characters would move its cursor, set its title or hide
 * what is printed, and some direct it to answer as if somebody had typed.
 */
export function terminalText(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
