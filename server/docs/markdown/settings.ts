import type { MarkdownSettings } from './page.ts';

/**
 * What MkDocs turns on by itself, and what the extensions that stand for several bring along. Sources: `mkdocs`
 * `config/defaults.py`, `markdown/extensions/extra.py`, `pymdownx/extra.py`, `techdocs_core/core.py`.
 */
const always = ['toc', 'tables', 'fenced_code'];
const extra = ['fenced_code', 'footnotes', 'attr_list', 'def_list', 'tables', 'abbr', 'md_in_html'];
const pymdownExtra = [...extra.slice(1), 'pymdownx.betterem', 'pymdownx.superfences'];
const techdocs = [
  'admonition',
  'github-alerts',
  'pymdownx.details',
  'pymdownx.tabbed',
  'pymdownx.caret',
  'pymdownx.critic',
  'pymdownx.emoji',
  'pymdownx.inlinehilite',
  'pymdownx.magiclink',
  'pymdownx.mark',
  'pymdownx.smartsymbols',
  'pymdownx.snippets',
  'pymdownx.highlight',
  'pymdownx.tasklist',
  'pymdownx.tilde',
  'mdx_truly_sane_lists',
  ...pymdownExtra,
];
const bundles: Readonly<Record<string, readonly string[]>> = { extra, 'pymdownx.extra': pymdownExtra };

/** Where nothing says otherwise: everything, with the indent of Python-Markdown. */
export const everything: MarkdownSettings = {
  indent: 4,
  snippetFolders: ['.'],
  appended: [],
  lineNumbers: false,
};

/** Whether a site has an extension, by Python-Markdown's name. */
export function isOn(settings: MarkdownSettings, extension: string): boolean {
  return settings.extensions === undefined || settings.extensions.includes(extension);
}

/**
 * What the content of a `mkdocs.yml` says of Markdown. The plugin `techdocs-core` stands for the extensions that it
 * turns on. What is not understood is left out: a page should be shown all the same.
 */
export function markdownSettings(config: unknown): MarkdownSettings {
  const fields = asObject(config);
  const own = named(fields.markdown_extensions);
  const isTechdocs = named(fields.plugins).has('techdocs-core');
  const names = new Set([...always, ...(isTechdocs ? techdocs : [])]);
  for (const name of own.keys()) {
    const short = name.replace(/^markdown\.extensions\./, '');
    for (const each of bundles[short] ?? [short]) names.add(each);
  }
  const snippets = own.get('pymdownx.snippets') ?? {};
  const highlight = own.get('pymdownx.highlight') ?? {};
  const repository = repositoryOf(own.get('pymdownx.magiclink') ?? {});
  const sane = own.get('mdx_truly_sane_lists');
  return {
    extensions: [...names].sort(),
    indent: names.has('mdx_truly_sane_lists') && sane?.nested_indent !== 4 ? 2 : 4,
    snippetFolders: strings(snippets.base_path, ['.']),
    appended: strings(snippets.auto_append, []),
    ...(repository !== undefined && { repository }),
    lineNumbers: typeof highlight.linenums === 'boolean' ? highlight.linenums : isTechdocs,
  };
}

const hosts: Readonly<Record<string, string>> = {
  github: 'https://github.com',
  gitlab: 'https://gitlab.com',
  bitbucket: 'https://bitbucket.org',
};

/** What `#12` and `@name` lead to, where the site has those short forms. */
function repositoryOf(magic: Record<string, unknown>): string | undefined {
  const { repo_url_shorthand: isOn, provider = 'github', user, repo } = magic;
  const host = typeof provider === 'string' && Object.hasOwn(hosts, provider) ? hosts[provider] : undefined;
  const isNamed = typeof user === 'string' && typeof repo === 'string';
  return isOn === true && isNamed && host !== undefined ? `${host}/${user}/${repo}` : undefined;
}

/** Entries of a list that are names, or a name with its options; or of a mapping from names to options. */
function named(list: unknown): Map<string, Record<string, unknown>> {
  const entries = Array.isArray(list)
    ? list
    : Object.entries(asObject(list)).map((entry) => ({ [entry[0]]: entry[1] }));
  const found = new Map<string, Record<string, unknown>>();
  for (const entry of entries) {
    if (typeof entry === 'string') found.set(entry, {});
    else for (const [name, options] of Object.entries(asObject(entry))) found.set(name, asObject(options));
  }
  return found;
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function strings(value: unknown, otherwise: readonly string[]): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return otherwise;
  return value.filter((each) => typeof each === 'string');
}
