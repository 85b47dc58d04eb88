/**
 * `<!--`, `<!` and `<?` that nothing closes are text. markdown-it finds that out by reading to the end, for each of them
 * again: a page of nothing else would take minutes.
 */
import type { MarkdownIt, StateInline } from 'markdown-it';

const forms = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<!', '>'],
  ['<?', '?>'],
] as const;

export function unclosedHtml(md: MarkdownIt): void {
  const last = new WeakMap<StateInline, Map<string, number>>();
  md.inline.ruler.before('html_inline', 'unclosed_html', (state, silent) => {
    const next = state.src.charAt(state.pos + 1);
    if (state.src.charAt(state.pos) !== '<' || (next !== '!' && next !== '?')) return false;
    const [, close] = forms.find(([open]) => state.src.startsWith(open, state.pos)) ?? ['', ''];
    const places = last.get(state) ?? new Map<string, number>();
    last.set(state, places);
    const end = places.get(close) ?? state.src.lastIndexOf(close);
    places.set(close, end);
    if (end > state.pos) return false;
    if (!silent) state.pending += '<';
    state.pos++;
    return true;
  });
}
