/**
 * `[text] [label]`: Python-Markdown lets a space or a line break stand before a link's label, and a footnote behind a
 * link (`[text][^1]`) is no label.
 */
import type { MarkdownIt } from 'markdown-it';

const longest = 500;

export function spacedReferences(md: MarkdownIt): void {
  md.inline.ruler.before('link', 'spaced_reference', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x5b || state.linkLevel > 0) return false;
    const end = md.helpers.parseLinkLabel(state, state.pos);
    if (end < 0) return false;
    const behind = state.src.slice(end + 1, Math.min(state.posMax, end + longest));
    const isNoted = behind.startsWith('[^');
    const label = isNoted ? '' : (/^\s\[[^[\]]+\]/.exec(behind)?.[0] ?? '');
    if (!isNoted && label === '') return false;
    const name = isNoted ? state.src.slice(state.pos + 1, end) : label.slice(2, -1);
    const found = state.env.references?.[md.utils.normalizeReference(name)];
    if (found === undefined) return false;
    if (!silent) {
      const open = state.push('link_open', 'a', 1);
      open.attrSet('href', found.href);
      if (found.title) open.attrSet('title', found.title);
      const max = state.posMax;
      state.pos++;
      state.posMax = end;
      state.linkLevel++;
      state.md.inline.tokenize(state);
      state.linkLevel--;
      state.posMax = max;
      state.push('link_close', 'a', -1);
    }
    state.pos = end + 1 + label.length;
    return true;
  });
}
