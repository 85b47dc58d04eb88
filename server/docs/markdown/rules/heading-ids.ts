/** Ids of headings: as MkDocs makes them (`markdown/extensions/toc.py`), or as GitHub does. */
import GithubSlugger from 'github-slugger';
import type { MarkdownIt, Token } from 'markdown-it';
import { plainText } from '../plain-text.ts';
import { safeId } from '../safe-words.ts';
import { workOf } from '../work.ts';

export function headingIds(md: MarkdownIt): void {
  md.core.ruler.push('heading_ids', (state) => {
    const work = workOf(state.env);
    const slugger = new GithubSlugger();
    const next = new Map<string, number>();
    const headings = state.tokens.flatMap((token, index) => {
      const content = state.tokens[index + 1];
      return token.type === 'heading_open' && content?.type === 'inline' ? [{ token, content }] : [];
    });
    for (const { token } of headings) {
      const id = ownId(token);
      if (id !== undefined) work.headingIds.add(id);
    }
    for (const { token, content } of headings) {
      const text = plainText(content.children ?? [])
        .replace(/\s+/g, ' ')
        .trim();
      let id = ownId(token);
      if (id === undefined) {
        id =
          work.context.flavour === 'github'
            ? slugger.slug(text)
            : unique(mkdocsSlug(text), work.headingIds, next);
        id = safeId(id) ?? unique('', work.headingIds, next);
        work.headingIds.add(id);
      }
      token.attrSet('id', id);
      work.headings.push({ level: Number(token.tag.slice(1)), id, text });
    }
  });
}

function ownId(token: Token): string | undefined {
  const id = token.attrGet('id');
  return id === null ? undefined : safeId(String(id));
}

function mkdocsSlug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');
}

/** `setup`, `setup_1`, `setup_2`; a heading without letters is `_1`. `next` keeps which number is free. */
function unique(id: string, taken: ReadonlySet<string>, next: Map<string, number>): string {
  if (id !== '' && !taken.has(id)) return id;
  const [, base = id, number = '0'] = /^(.*)_(\d+)$/.exec(id) ?? [];
  let free = next.get(base) ?? Number(number) + 1;
  while (taken.has(`${base}_${free}`)) free++;
  next.set(base, free + 1);
  return `${base}_${free}`;
}
