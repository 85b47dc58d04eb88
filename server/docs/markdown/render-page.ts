import { clean } from './clean.ts';
import { collect } from './collect.ts';
import { splitFrontMatter } from './front-matter.ts';
import { toLines } from './lines.ts';
import { markdownFor } from './markdown.ts';
import type { PageSource, RenderedPage, RenderOptions, SiteContext } from './page.ts';
import { everything, isOn } from './settings.ts';
import { withSnippets } from './snippets.ts';
import { envOf, Work } from './work.ts';

/**
 * A page of a site as HTML that is safe to show, with what links, search and upkeep need to know of it. Pure: the same
 * page gives the same result. Anything is a page; what is no Markdown is text.
 */
export function renderPage(context: SiteContext, page: PageSource, options: RenderOptions): RenderedPage {
  const isMkdocs = context.flavour === 'mkdocs';
  const settings = context.markdown ?? everything;
  const { frontMatter, text, firstLine } = splitFrontMatter(page.text, isMkdocs);
  const own = toLines(text, firstLine);
  const hasSnippets = isMkdocs && isOn(settings, 'pymdownx.snippets');
  const lines = hasSnippets ? withSnippets(own, page.snippets, settings.appended) : own;
  const work = new Work(context, settings, page.path, lines, options.highlight);
  const md = markdownFor(context.flavour, settings);
  const env = envOf(work);
  const tokens = md.parse(lines.map((line) => line.text).join('\n'), env);
  const { html, links, images } = clean(md.renderer.render(tokens, md.options, env), work);
  const first = work.headings.find((heading) => heading.level === 1);
  return {
    title: frontMatter.title ?? (first?.text || readableName(page.path)),
    frontMatter,
    html,
    headings: work.headings,
    links,
    images,
    ...collect(tokens),
  };
}

/** `guide/set-up_guide.md` is `Set up guide`. */
function readableName(path: string): string {
  const name = path
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return name.charAt(0).toUpperCase() + name.slice(1);
}
