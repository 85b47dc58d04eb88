import { parseDocument } from 'yaml';
import type { FrontMatter } from './page.ts';

export interface SplitPage {
  readonly frontMatter: FrontMatter;
  /** What follows it. */
  readonly text: string;
  /** Number of the text's first line in the file. */
  readonly firstLine: number;
}

const yamlBlock =
  /^(?:\uFEFF)?-{3}[ \t]*(?:\r\n|\r|\n)([\s\S]*?)(?:\r\n|\r|\n)(?:-{3}|\.{3})[ \t]*(?:(?:\r\n|\r|\n)|$)/;
const longestYaml = 20_000;
const plainField = /^ {0,3}([A-Za-z0-9_-]+):\s*(.*)$/;
const nothing: FrontMatter = { tags: [], fields: {} };

/**
 * Takes the front matter off a page: YAML between lines of `---`, and with `plainFields` also `Title: text` lines at
 * the top, as MkDocs has both (`mkdocs/utils/meta.py`).
 */
export function splitFrontMatter(page: string, plainFields: boolean): SplitPage {
  const yaml = yamlBlock.exec(page);
  if (yaml !== null) return cut(page, yaml[0].length, fromYaml(yaml[1] ?? ''));
  if (!plainFields) return { frontMatter: nothing, text: page, firstLine: 1 };
  const fields: Record<string, unknown> = {};
  let end = 0;
  for (const match of page.matchAll(/(.*?)(?:\r\n|\r|\n|$)/g)) {
    const line = match[1] ?? '';
    const field = plainField.exec(line);
    if (field?.[1] !== undefined) fields[field[1].toLowerCase()] = (field[2] ?? '').trim();
    else if (!(end > 0 && /^ {4,}\S/.test(line))) {
      if (end > 0 && line.trim() === '') end += match[0].length;
      break;
    }
    end += match[0].length;
    if (match[0] === '') break;
  }
  return end === 0 ? { frontMatter: nothing, text: page, firstLine: 1 } : cut(page, end, said(fields));
}

function cut(page: string, end: number, frontMatter: FrontMatter): SplitPage {
  const head = page.slice(0, end);
  return { frontMatter, text: page.slice(end), firstLine: 1 + (head.match(/\r\n|\r|\n/g)?.length ?? 0) };
}

function fromYaml(text: string): FrontMatter {
  if (text.length > longestYaml) {
    return { ...nothing, problem: `The front matter is longer than ${longestYaml} characters.` };
  }
  try {
    const document = parseDocument(text, { logLevel: 'silent' });
    const problem = document.errors[0]?.message;
    const value: unknown = document.toJS({ maxAliasCount: 20 });
    if (value === null || value === undefined) return nothing;
    if (typeof value !== 'object' || Array.isArray(value)) {
      return { ...nothing, problem: 'The front matter is not a mapping of names to values.' };
    }
    // Dates and the like become JSON values, since the page is handed between threads.
    return { ...said(JSON.parse(JSON.stringify(value))), ...(problem !== undefined && { problem }) };
  } catch (error) {
    return { ...nothing, problem: error instanceof Error ? error.message : String(error) };
  }
}

function said(fields: Record<string, unknown>): FrontMatter {
  const { title, description, tags } = fields;
  return {
    ...(typeof title === 'string' && title.trim() !== '' && { title: title.trim() }),
    ...(typeof description === 'string' && { description }),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    fields,
  };
}
