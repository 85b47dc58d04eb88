/** Reads `mkdocs.yml`: what a site is called, where its pages are, and in which order they are read. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { isRecord } from '#model/value-words.ts';

/** One entry of the navigation, as it is written. */
export type NavEntry =
  | { kind: 'page'; title?: string | undefined; target: string; line: number }
  /** Navigation of another site of the same repository. */
  | { kind: 'include'; title?: string | undefined; target: string; line: number }
  | { kind: 'section'; title: string; children: NavEntry[]; line: number };

export interface MkdocsConfig {
  name: string | undefined;
  description: string | undefined;
  /** Relative to the file. */
  docsDir: string;
  nav: NavEntry[] | undefined;
  repository: string | undefined;
  editPath: string | undefined;
  /** Everything, for what the renderer reads of it. */
  fields: Readonly<Record<string, unknown>>;
  problems: { message: string; line: number }[];
}

const LONGEST_CONFIG = 512 * 1024;
const DEEPEST_NAV = 20;
const INCLUDE = /^[!*]include\s+(.+)$/;

/**
 * Reads the file as MkDocs does; what can't be read is told and left out. Unknown tags (`!ENV`, `!!python/name:`) are
 * passed over, as TechDocs does.
 */
export function readMkdocs(text: string): MkdocsConfig {
  const lines = new LineCounter();
  const document = parseDocument(text.slice(0, LONGEST_CONFIG), {
    lineCounter: lines,
    logLevel: 'silent',
    uniqueKeys: false,
    version: '1.1',
  });
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  const problems = document.errors.map(({ message, pos }) => ({
    message: message.split('\n')[0]?.replace(/:$/, '') ?? '',
    line: lineAt(pos[0]),
  }));
  const { contents } = document;
  const fields = problems.length === 0 ? fieldsOf(document) : {};
  const nav = isMap(contents) ? contents.get('nav', true) : undefined;
  return {
    name: textOf(fields.site_name),
    description: textOf(fields.site_description),
    docsDir: folderOf(textOf(fields.docs_dir) ?? 'docs'),
    nav: isSeq(nav) ? new NavReader(lineAt).list(nav.items as Node[], 0) : undefined,
    repository: textOf(fields.repo_url),
    editPath: textOf(fields.edit_uri),
    fields,
    problems,
  };
}

function fieldsOf(document: ReturnType<typeof parseDocument>): Record<string, unknown> {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return isRecord(value) ? value : {};
  } catch {
    // Aliases that would grow without bound.
    return {};
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function folderOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.join('/');
}

class NavReader {
  readonly #lineAt: (offset: number | undefined) => number;

  constructor(lineAt: (offset: number | undefined) => number) {
    this.#lineAt = lineAt;
  }

  list(items: readonly Node[], depth: number): NavEntry[] {
    return depth > DEEPEST_NAV ? [] : items.flatMap((item) => this.#entry(item, depth));
  }

  #entry(item: Node, depth: number): NavEntry[] {
    const line = this.#lineAt(item.range?.[0]);
    if (isScalar(item)) return this.#target(undefined, item, line);
    if (!isMap(item)) return [];
    return item.items.flatMap(({ key, value }) => {
      const title = isScalar(key) ? String(key.value) : undefined;
      if (title === undefined) return [];
      if (isSeq(value)) {
        return [
          { kind: 'section' as const, title, children: this.list(value.items as Node[], depth + 1), line },
        ];
      }
      return isScalar(value) ? this.#target(title, value, line) : [];
    });
  }

  /** `!include path` is a tag to YAML, and `*include path` an alias, so both are looked for in the source. */
  #target(
    title: string | undefined,
    item: { value: unknown; tag?: string | undefined },
    line: number,
  ): NavEntry[] {
    if (typeof item.value !== 'string' || item.value === '') return [];
    const written = item.tag === '!include' ? `!include ${item.value}` : item.value;
    const [, included] = INCLUDE.exec(written) ?? [];
    return [
      {
        kind: included === undefined ? 'page' : 'include',
        title,
        target: (included ?? written).trim(),
        line,
      },
    ];
  }
}
