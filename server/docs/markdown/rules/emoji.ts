/**
 * `:smile:`, by GitHub's names and by those that put the person first (`:man_shrugging:`). The names are those of
 * markdown-it-emoji; its rule tries all of them on every text, which took a tenth of a page's time.
 */
import type { MarkdownIt } from 'markdown-it';
import characters from 'markdown-it-emoji/lib/data/full.mjs';

const name = /:([+\w-]{1,60}):/y;
const known = new Map(Object.entries(characters));
for (const [each, character] of Object.entries(characters)) {
  const [, what, person] = /^(.+)_((?:wo)?man)$/.exec(each) ?? [];
  if (what !== undefined) known.set(`${person}_${what}`, character);
}

export function emoji(md: MarkdownIt): void {
  md.inline.ruler.before('emphasis', 'emoji', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x3a) return false;
    name.lastIndex = state.pos;
    const match = name.exec(state.src);
    const character = known.get(match?.[1] ?? '');
    if (character === undefined) return false;
    if (!silent) state.push('text', '', 0).content = character;
    state.pos = name.lastIndex;
    return true;
  });
}
