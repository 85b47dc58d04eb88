/** Which links of pages are asked: addresses of the Internet that somebody may mean. */

const LONGEST = 1000;
/** Names that stand for others in examples (RFC 2606, RFC 6761), and those of networks inside. */
const NOBODY =
  /(^|\.)(example\.(com|net|org|edu)|example|test|invalid|localhost|local|internal|intranet|lan|home|corp|private|onion|arpa)$/i;
/** Written for readers to fill in: `https://github.com/<org>/{repo}`, `https://your-domain.com`. */
const UNFILLED =
  /[{}<>$*|\\^`]|%7B|%3C|\.\.\.|…|(^|[./_-])(your|my)[-_]?(org|company|domain|host|project|name|team|app|user|repo)/i;

/**
 * @param own hosts that are not asked, as the portal's own.
 * @returns the address without its anchor; undefined when it is not to be asked.
 */
export function checkable(href: string, own: ReadonlySet<string>): string | undefined {
  const written = href.trim();
  const url = URL.parse(/^[\\/]{2}/.test(written) ? `https:${written}` : written);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) return undefined;
  if (UNFILLED.test(written) || NOBODY.test(url.hostname) || own.has(url.host)) return undefined;
  // Numbers are machines of somebody's own, and names without a dot are of a network inside.
  if (!/\.[a-z][a-z0-9-]*$/i.test(url.hostname)) return undefined;
  url.hash = '';
  return url.href.length <= LONGEST ? url.href : undefined;
}
