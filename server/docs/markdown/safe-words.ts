/** Which ids and classes of authors may stand in a page of ours. */

/** Ids that the portal's own page has or that its code looks for. */
const ownIds = new Set(['root', 'main', 'table-keys']);

/** An id that an author may have; undefined if it could stand for something of ours or is no id. */
export function safeId(id: string): string | undefined {
  const bare = id.trim();
  if (bare === '' || bare.length > 300 || /[\s\p{Cc}"'<>&]/u.test(bare) || bare.startsWith('mantine-')) {
    return undefined;
  }
  return ownIds.has(bare) ? `doc-${bare}` : bare;
}

const boxKinds =
  'note abstract summary tldr info todo tip hint important success check done question help faq warning caution ' +
  'attention failure fail missing danger error bug example quote cite new settings';
const classes = new Set(
  (
    `admonition admonition-title ${boxKinds} inline end tabbed-set tabbed-alternate tabbed-labels tabbed-content ` +
    'tabbed-block task-list task-list-item footnote footnotes footnotes-sep footnotes-list footnote-item footnote-ref ' +
    'footnote-backref toc keys md-button md-button--primary grid cards card annotate critic comment icon ' +
    'align-left align-center align-right only-light only-dark missing-link remote-image'
  ).split(' '),
);

/** Those of an author's classes that we know. */
export function safeClasses(value: string): string[] {
  return value.split(/\s+/).filter((name) => classes.has(name));
}
