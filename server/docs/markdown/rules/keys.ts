/** `++ctrl+alt+del++` shows keys. Source: PyMdown Extensions 9.5 `keys.py`, and the common names of its `keymap_db.py`. */
import type { MarkdownIt } from 'markdown-it';

const keys = /\+\+((?:(?:[\w-]+|"[^"\n]+"|'[^'\n]+')\+)*(?:[\w-]+|"[^"\n]+"|'[^'\n]+'))\+\+/y;
const key = /"([^"\n]+)"|'([^'\n]+)'|[\w-]+/g;

const names: Readonly<Record<string, string>> = {
  alt: 'Alt',
  'arrow-down': 'Down',
  'arrow-left': 'Left',
  'arrow-right': 'Right',
  'arrow-up': 'Up',
  backslash: '\\',
  backspace: 'Backspace',
  bar: '|',
  'brace-left': '{',
  'brace-right': '}',
  'bracket-left': '[',
  'bracket-right': ']',
  'caps-lock': 'Caps Lock',
  cmd: 'Cmd',
  colon: ':',
  comma: ',',
  command: 'Cmd',
  control: 'Ctrl',
  ctrl: 'Ctrl',
  del: 'Del',
  delete: 'Del',
  enter: 'Enter',
  equal: '=',
  esc: 'Esc',
  escape: 'Esc',
  ins: 'Ins',
  meta: 'Meta',
  minus: '-',
  opt: 'Option',
  option: 'Option',
  'page-down': 'Page Down',
  'page-up': 'Page Up',
  period: '.',
  plus: '+',
  'print-screen': 'Print Screen',
  return: 'Return',
  semicolon: ';',
  shift: 'Shift',
  slash: '/',
  space: 'Space',
  tab: 'Tab',
  win: 'Win',
  windows: 'Win',
};

export function keyStrokes(md: MarkdownIt): void {
  md.inline.ruler.before('emphasis', 'keys', (state, silent) => {
    if (!state.src.startsWith('++', state.pos)) return false;
    keys.lastIndex = state.pos;
    const match = keys.exec(state.src);
    if (match?.[1] === undefined) return false;
    if (!silent) {
      state.push('keys_open', 'span', 1).attrSet('class', 'keys');
      let isFirst = true;
      for (const [text, double, single] of match[1].matchAll(key)) {
        if (!isFirst) state.push('text', '', 0).content = '+';
        isFirst = false;
        state.push('kbd_open', 'kbd', 1);
        state.push('text', '', 0).content = double ?? single ?? nameOf(text);
        state.push('kbd_close', 'kbd', -1);
      }
      state.push('keys_close', 'span', -1);
    }
    state.pos = keys.lastIndex;
    return true;
  });
}

function nameOf(code: string): string {
  const lower = code.toLowerCase();
  if (Object.hasOwn(names, lower)) return names[lower] ?? code;
  return lower
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
