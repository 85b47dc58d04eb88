import type { Line } from '../lines.ts';
import type { MarkdownSettings } from '../page.ts';
import { isOn } from '../settings.ts';
import { alertsToAdmonitions } from './alerts.ts';
import type { Definitions, Processor } from './block-parser.ts';
import { BlockParser } from './block-parser.ts';
import { admonition, details, tabs } from './containers.ts';
import { definitionList } from './definition-lists.ts';
import { abbreviation, footnote, reference } from './definitions.ts';
import { takeFences } from './fences.ts';
import { formula } from './formulas.ts';
import { takeHtml } from './html-blocks.ts';
import { htmlElement } from './html-elements.ts';
import { indentProcessor, listProcessor } from './lists.ts';
import type { Element } from './nodes.ts';
import { element } from './nodes.ts';
import { headingByHash, headingByLine, indentedCode, paragraph, quote, rule } from './plain-blocks.ts';
import { table } from './tables.ts';

export interface ParsedPage {
  readonly root: Element;
  readonly definitions: Definitions;
  /** Content of the footnotes by label, in the order of the page. */
  readonly footnotes: ReadonlyMap<string, Element>;
}

/** The blocks of a page as Python-Markdown finds them with a site's extensions. */
export function parsePage(lines: readonly Line[], settings: MarkdownSettings): ParsedPage {
  const hasHtmlElements = isOn(settings, 'md_in_html');
  const fenced = takeFences(lines, isOn(settings, 'pymdownx.superfences'));
  const hasAlerts = isOn(settings, 'github-alerts') && isOn(settings, 'admonition');
  const ready = takeHtml(hasAlerts ? alertsToAdmonitions(fenced) : fenced, hasHtmlElements);
  const parser = new BlockParser(processorsFor(settings));
  const root = element('root');
  parser.parseLines(root, ready);
  const footnotes = new Map<string, Element>();
  for (const [label, content] of parser.definitions.footnotes) {
    const body = element('footnote');
    parser.parseLines(body, content);
    footnotes.set(label, body);
  }
  return { root, definitions: parser.definitions, footnotes };
}

/** In the order of their priorities in Python-Markdown. */
function processorsFor(settings: MarkdownSettings): Processor[] {
  const { indent } = settings;
  const on = (extension: string, ...processors: Processor[]) => (isOn(settings, extension) ? processors : []);
  const listIndent = indentProcessor(['li'], ['ul', 'ol'], 'li', indent);
  const lists = [listProcessor('ol', indent), listProcessor('ul', indent)];
  const definitions = on('def_list', definitionList(indent));
  return [
    htmlElement,
    ...on('admonition', admonition),
    ...on('pymdownx.details', details),
    ...on('pymdownx.tabbed', tabs),
    listIndent,
    ...on('def_list', indentProcessor(['dd', 'li'], ['dl', 'ol', 'ul'], 'dd', indent)),
    indentedCode,
    ...on('pymdownx.arithmatex', formula),
    ...on('tables', table),
    headingByHash,
    headingByLine,
    rule,
    ...lists,
    ...definitions,
    quote,
    ...on('footnotes', footnote),
    ...on('abbr', abbreviation),
    reference,
    paragraph,
  ];
}
