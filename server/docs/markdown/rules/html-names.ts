/**
 * `<your-name>` in prose is what the author wants to be read, not HTML: a tag of no element stays text. (Python-Markdown
 * and GitHub take it for a tag, and it is lost.)
 */
import type { MarkdownIt } from 'markdown-it';

const elements = new Set(
  (
    'a abbr address area article aside audio b base bdi bdo big blockquote body br button canvas caption center cite ' +
    'code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font ' +
    'footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend ' +
    'li link main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol optgroup option ' +
    'output p param picture plaintext pre progress q rp rt ruby s samp script search section select slot small source ' +
    'span strike strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track ' +
    'tt u ul var video wbr xmp image svg g path circle rect use foreignobject animate set desc'
  ).split(' '),
);
const tag = /<\/?([a-zA-Z][\w-]*)/y;

export function htmlNames(md: MarkdownIt): void {
  md.inline.ruler.before('html_inline', 'html_names', (state, silent) => {
    tag.lastIndex = state.pos;
    const match = tag.exec(state.src);
    if (match?.[1] === undefined || elements.has(match[1].toLowerCase())) return false;
    if (!silent) state.pending += '<';
    state.pos++;
    return true;
  });
}
