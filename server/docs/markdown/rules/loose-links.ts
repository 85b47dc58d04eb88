/** `[text](my file.md)`: Python-Markdown lets a link's address have spaces. */
import type { MarkdownIt } from 'markdown-it';

export function looseLinks(md: MarkdownIt): void {
  const strict = md.helpers.parseLinkDestination;
  md.helpers = {
    ...md.helpers,
    parseLinkDestination(text, start, max) {
      const found = strict(text, start, max);
      if (!found.ok || text.charAt(found.pos) !== ' ') return found;
      const rest = text.slice(found.pos, Math.min(max, found.pos + 500));
      const end = /^((?: +[^\s()"'<>[\]]+)+)(?=\s*\)|\s+["'])/.exec(rest)?.[0];
      if (end === undefined) return found;
      return {
        ok: true,
        pos: found.pos + end.length,
        str: md.utils.unescapeAll(text.slice(start, found.pos + end.length)),
      };
    },
  };
}
