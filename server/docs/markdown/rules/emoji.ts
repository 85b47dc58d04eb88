/** `:smile:`, by GitHub's names and by those that put the person first (`:man_shrugging:`). */
import type { MarkdownIt } from 'markdown-it';
import { full } from 'markdown-it-emoji';
import characters from 'markdown-it-emoji/lib/data/full.mjs';

const personFirst = Object.entries(characters).flatMap(([name, character]) => {
  const [, what, person] = /^(.+)_((?:wo)?man)$/.exec(name) ?? [];
  return what === undefined ? [] : [[`${person}_${what}`, character] as const];
});
const defs = { ...Object.fromEntries(personFirst), ...characters };

/** Without the shortcuts of letters and marks, as `:)`. */
export function emoji(md: MarkdownIt): void {
  md.use(full, { defs, shortcuts: {} });
}
