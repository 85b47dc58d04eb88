/** markdown-it with what a site's flavour adds. */
import type { MarkdownIt } from 'markdown-it';
import createMarkdown from 'markdown-it';
import abbreviations from 'markdown-it-abbr';
import footnotes from 'markdown-it-footnote';
import marks from 'markdown-it-mark';
import math from 'markdown-it-math/no-default-renderer';
import subscripts from 'markdown-it-sub';
import superscripts from 'markdown-it-sup';
import type { MarkdownSettings, SiteContext } from './page.ts';
import { parsePage } from './python/parse.ts';
import { addTokens } from './python/to-tokens.ts';
import { footnoteRules, renderRules } from './render-rules.ts';
import { attributeLists } from './rules/attribute-lists.ts';
import { bareLinks } from './rules/bare-links.ts';
import { caretInsert } from './rules/caret-insert.ts';
import { tableOfContents } from './rules/contents.ts';
import { critic } from './rules/critic.ts';
import { emoji } from './rules/emoji.ts';
import { githubAlerts } from './rules/github-alerts.ts';
import { headingIds } from './rules/heading-ids.ts';
import { htmlNames } from './rules/html-names.ts';
import { themeIcons } from './rules/icons.ts';
import { keyStrokes } from './rules/keys.ts';
import { looseLinks } from './rules/loose-links.ts';
import { markLinks } from './rules/mark-links.ts';
import { pythonEscapes } from './rules/python-escapes.ts';
import { repositoryLinks } from './rules/repository-links.ts';
import { smartSymbols } from './rules/smart-symbols.ts';
import { spacedReferences } from './rules/spaced-references.ts';
import { taskItems } from './rules/task-items.ts';
import { unclosedHtml } from './rules/unclosed-html.ts';
import { isOn } from './settings.ts';
import { setLinesByMap } from './token-lines.ts';
import { workOf } from './work.ts';

const made = new Map<string, MarkdownIt>();
/** Sites differ in their extensions, and there are few ways in which they do. */
const mostMade = 50;

export function markdownFor(flavour: SiteContext['flavour'], settings: MarkdownSettings): MarkdownIt {
  const key =
    flavour === 'github' ? flavour : `${settings.extensions?.join() ?? '*'} ${settings.repository ?? ''}`;
  let md = made.get(key);
  if (md === undefined) {
    md = flavour === 'github' ? githubMarkdown() : mkdocsMarkdown(settings);
    if (made.size >= mostMade) made.clear();
    made.set(key, md);
  }
  return md;
}

function githubMarkdown(): MarkdownIt {
  const md = base();
  md.set({ linkify: true });
  md.core.ruler.after('block', 'lines', (state) => setLinesByMap(state, workOf(state.env).lines));
  md.use(footnotes)
    .use(emoji)
    .use(math, { inlineDelimiters: ['$', ['$`', '`$']], blockDelimiters: '$$' })
    .use(githubAlerts)
    .use(taskItems);
  return finished(md);
}

function mkdocsMarkdown(settings: MarkdownSettings): MarkdownIt {
  const md = base();
  const on = (extension: string, plugin: (target: MarkdownIt) => void) => {
    if (isOn(settings, extension)) md.use(plugin);
  };
  md.core.ruler.at('block', (state) => {
    const work = workOf(state.env);
    const page = parsePage(work.lines, work.settings);
    for (const [label, reference] of page.definitions.references) {
      state.env.references ??= {};
      // The last one counts, other than in CommonMark.
      state.env.references[md.utils.normalizeReference(label)] = reference;
    }
    const short = [...page.definitions.abbreviations].map(([word, title]) => [`:${word}`, title]);
    if (short.length > 0) state.env.abbreviations = Object.fromEntries(short);
    // In the order in which they are defined, other than the plugin would by itself.
    const notes = [...page.footnotes.keys()];
    if (notes.length > 0) {
      const refs = Object.fromEntries(notes.map((label, index) => [`:${label}`, index]));
      state.env.footnotes = { refs, list: notes.map((label) => ({ label, count: 0 })) };
    }
    addTokens(state, page);
  });
  md.use(htmlNames)
    .use(looseLinks)
    .use(spacedReferences)
    .use(pythonEscapes, isOn(settings, 'pymdownx.caret') || isOn(settings, 'pymdownx.tilde'))
    .disable('strikethrough');
  on('footnotes', footnotes);
  on('abbr', abbreviations);
  on('pymdownx.critic', critic);
  on('pymdownx.keys', keyStrokes);
  on('pymdownx.mark', marks);
  on('pymdownx.caret', (target) => target.use(superscripts).use(caretInsert));
  on('pymdownx.tilde', (target) => target.use(subscripts).enable('strikethrough'));
  on('pymdownx.emoji', (target) => target.use(emoji).use(themeIcons));
  on('pymdownx.arithmatex', (target) =>
    target.use(math, { inlineDelimiters: ['$', ['\\(', '\\)']], blockDelimiters: [] }),
  );
  on('pymdownx.tasklist', taskItems);
  on('pymdownx.smartsymbols', smartSymbols);
  on('attr_list', attributeLists);
  on('pymdownx.magiclink', bareLinks);
  if (settings.repository !== undefined) md.use(repositoryLinks(settings.repository));
  finished(md);
  return md.use(tableOfContents);
}

/** Links are judged when they are resolved, so that they are known as they were written. */
function base(): MarkdownIt {
  const md = createMarkdown({ html: true }).use(unclosedHtml);
  md.normalizeLink = (url) => url;
  md.validateLink = () => true;
  return md;
}

function finished(md: MarkdownIt): MarkdownIt {
  md.use(headingIds).use(markLinks).use(renderRules);
  if (md.renderer.rules.footnote_ref !== undefined) md.use(footnoteRules);
  return md;
}
