/**
 * `#12`, `!12`, `acme/payments#12` and `@name` lead to where the repository is. Source: PyMdown Extensions 9.5
 * `magiclink.py`, of which these are the short forms that are common.
 */
import type { MarkdownIt, StateInline } from 'markdown-it';

const reference = /(?:([A-Za-z\d][\w-]*)\/([\w.-]+))?([#!])(\d{1,9})\b/y;
const person = /@([A-Za-z\d](?:[A-Za-z\d-]{0,37}[A-Za-z\d])?)\b(?![/.]\w)/y;

/** `repository` is an address as `https://github.com/acme/payments`. */
export function repositoryLinks(repository: string): (md: MarkdownIt) => void {
  const host = repository.replace(/\/[^/]+\/[^/]+$/, '');
  const find = (text: string): [text: string, href: string] | undefined => {
    const [whole, owner, name, mark, number] = reference.exec(text) ?? [];
    if (whole !== undefined) {
      const base = owner === undefined ? repository : `${host}/${owner}/${name}`;
      const shown = owner === undefined ? `#${number}` : `${owner}/${name}#${number}`;
      return [whole, `${base}/${mark === '!' ? 'pull' : 'issues'}/${number} ${shown}`];
    }
    const named = person.exec(text);
    return named?.[1] === undefined ? undefined : [named[0], `${host}/${named[1]} ${named[0]}`];
  };
  return (md) => {
    md.inline.ruler.before('emphasis', 'repository_link', (state, silent) => {
      if (state.linkLevel > 0 || /[\w/&]$/.test(state.src.slice(Math.max(0, state.pos - 1), state.pos)))
        return false;
      reference.lastIndex = 0;
      person.lastIndex = 0;
      const found = find(state.src.slice(state.pos, state.pos + 120));
      if (found === undefined) return false;
      if (!silent) addLink(state, found[1]);
      state.pos += found[0].length;
      return true;
    });
  };
}

function addLink(state: StateInline, target: string): void {
  const [href = '', ...shown] = target.split(' ');
  state.push('link_open', 'a', 1).attrSet('href', href);
  state.push('text', '', 0).content = shown.join(' ');
  state.push('link_close', 'a', -1);
}
