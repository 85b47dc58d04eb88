/** What files of documentation are told by: their names and the folders in which they lie. */

const PAGE = /\.(mdx?|markdown|rst|adoc|asciidoc)$/i;
const DECISION =
  /(^|\/)(adrs?|decisions?|decision[-_]?(records?|log)|architecture[-_]decisions?([-_]records?)?)\/[^/]+$/i;
const NO_DECISION = /^(readme|index)\.|template/i;
const RUNBOOK = /(^|\/)(run|play)[-_]?books?(\/(?!(readme|index)\.)[^/]+|\.\w+)$/i;

/** Whether a file is a decision written down: a page in a folder of decisions, and not its table of contents. */
export function isDecision(path: string): boolean {
  return PAGE.test(path) && DECISION.test(path) && !NO_DECISION.test(path.slice(path.lastIndexOf('/') + 1));
}

export function isRunbook(path: string): boolean {
  return PAGE.test(path) && RUNBOOK.test(path);
}
