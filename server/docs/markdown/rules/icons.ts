/**
 * Material's icons, `:material-check:` or `:octicons-arrow-right-24:`. They come as pictures with the theme, which we
 * don't have: those that mean something become a character, the others leave no trace but their name.
 */
import type { MarkdownIt } from 'markdown-it';

const icon = /:((?:material|fontawesome|octicons|simple)-[a-z0-9-]+):/y;

const characters: Readonly<Record<string, string>> = {
  alert: '⚠',
  'arrow-down': '↓',
  'arrow-left': '←',
  'arrow-right': '→',
  'arrow-up': '↑',
  check: '✓',
  'check-all': '✓',
  'check-bold': '✓',
  'check-circle': '✓',
  'checkbox-marked-circle': '✓',
  close: '✗',
  'close-circle': '✗',
  cross: '✗',
  dash: '–',
  heart: '♥',
  information: 'ℹ',
  minus: '−',
  'open-in-new': '↗',
  plus: '+',
  star: '★',
  warning: '⚠',
  x: '✗',
  xmark: '✗',
};

export function themeIcons(md: MarkdownIt): void {
  md.inline.ruler.before('emphasis', 'theme_icon', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x3a) return false;
    icon.lastIndex = state.pos;
    const match = icon.exec(state.src);
    if (match?.[1] === undefined) return false;
    if (!silent) {
      const open = state.push('icon_open', 'span', 1);
      open.attrSet('class', 'icon');
      open.attrSet('title', match[1]);
      state.push('text', '', 0).content = characterOf(match[1]);
      state.push('icon_close', 'span', -1);
    }
    state.pos = icon.lastIndex;
    return true;
  });
}

function characterOf(name: string): string {
  const bare = name
    .replace(/^(?:material|octicons|simple)-|^fontawesome-(?:solid|regular|brands)-/, '')
    .replace(/-(?:12|16|24|outline|variant|fill)$/, '');
  return Object.hasOwn(characters, bare) ? (characters[bare] ?? '') : '';
}
