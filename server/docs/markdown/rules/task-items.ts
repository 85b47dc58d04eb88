/** `- [ ] to do` and `- [x] done`. */
import type { MarkdownIt, Token } from 'markdown-it';

const box = /^\[([ xX])\](?:\s+|$)/;

export function taskItems(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'task_items', (state) => {
    const lists: Token[] = [];
    state.tokens.forEach((token, index) => {
      if (/^(?:bullet|ordered)_list_open$/.test(token.type)) lists.push(token);
      else if (/^(?:bullet|ordered)_list_close$/.test(token.type)) lists.pop();
      if (token.type !== 'list_item_open' || state.tokens[index + 1]?.type !== 'paragraph_open') return;
      const children = state.tokens[index + 2]?.children;
      const match = children?.[0]?.type === 'text' ? box.exec(children[0].content) : null;
      const [first] = children ?? [];
      if (match === null || first === undefined) return;
      first.content = first.content.slice(match[0].length);
      const isDone = match[1] !== ' ';
      const input = new state.Token('own_html', '', 0);
      input.content = `<input type="checkbox" disabled${isDone ? ' checked' : ''} aria-label="${isDone ? 'Done' : 'To do'}">`;
      const space = new state.Token('text', '', 0);
      space.content = ' ';
      children?.unshift(input, space);
      token.attrJoin('class', 'task-list-item');
      const list = lists.at(-1);
      if (list !== undefined && list.attrGet('class') === null) list.attrSet('class', 'task-list');
    });
  });
}
