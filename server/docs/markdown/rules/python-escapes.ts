/**
 * Python-Markdown lets fewer characters be escaped than CommonMark, and a backslash at the end of a line is one.
 * Source: Python-Markdown 3.4 `core.py`, with what its extensions add.
 */
import type { MarkdownIt } from 'markdown-it';

const escapable = '\\`*_{}[]()>#+-.!|=^~:"\'$<&';

/** `hasSpaces`: spaces can be escaped, for what is raised or lowered. */
export function pythonEscapes(md: MarkdownIt, hasSpaces: boolean): void {
  md.inline.ruler.before('escape', 'python_escapes', (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x5c) return false;
    const next = state.src.charAt(state.pos + 1);
    if (next === ' ' && hasSpaces) {
      if (!silent) state.pending += ' ';
      state.pos += 2;
      return true;
    }
    if (next !== '' && escapable.includes(next)) return false;
    if (!silent) state.pending += '\\';
    state.pos++;
    return true;
  });
}
