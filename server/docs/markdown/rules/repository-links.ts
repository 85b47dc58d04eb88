/**
 * `#12`, `!12`, `acme/payments#12` and `@name` lead to where the repository is. Source: PyMdown Extensions 9.5
 * `magiclink.py`, of which these are the short forms that are common.
 */
import type { MarkdownIt, StateInline } from 'markdown-it';

const reference = /^([#!])(\d{1,9})\b/;
const person = /^@([A-Za-z\d](?:[A-Za-z\d-]{0,37}[A-Za-z\d])?)\b(?![/.]\w)/;
const longest = 60;

/** `repository` is an address as `https://github.com/acme/payments`. */
export function repositoryLinks(repository: string): (md: MarkdownIt) => void {
  const host = repository.replace(/\/[^/]+\/[^/]+$/, '');
  return (md) => {
    md.inline.ruler.before('emphasis', 'repository_link', (state, silent) => {
      if (state.linkLevel > 0 || !'#!@'.includes(state.src.charAt(state.pos))) return false;
      const text = state.src.slice(state.pos, state.pos + longest);
      const [named, mark, number] = reference.exec(text) ?? [];
      const before = named === undefined ? '' : repositoryBefore(state);
      if (before === '' && /[\w/&]$/.test(state.src.slice(Math.max(0, state.pos - 1), state.pos)))
        return false;
      const found = named ?? person.exec(text)?.[0];
      if (found === undefined) return false;
      if (!silent) {
        state.pending = state.pending.slice(0, state.pending.length - before.length);
        const place = `${before === '' ? repository : `${host}/${before}`}/${mark === '!' ? 'pull' : 'issues'}`;
        const isIssue = number !== undefined;
        addLink(
          state,
          isIssue ? `${place}/${number}` : `${host}/${found.slice(1)}`,
          isIssue ? `${before}#${number}` : found,
        );
      }
      state.pos += found.length;
      return true;
    });
  };
}

/** `acme/payments` directly before `#12`. */
function repositoryBefore(state: StateInline): string {
  return /(?:^|[\s(])([A-Za-z\d][\w-]{0,38}\/[\w.-]{1,100})$/.exec(state.pending.slice(-150))?.[1] ?? '';
}

function addLink(state: StateInline, href: string, text: string): void {
  state.push('link_open', 'a', 1).attrSet('href', href);
  state.push('text', '', 0).content = text;
  state.push('link_close', 'a', -1);
}
