/** `(c)`, `-->`, `1/2` and the like. Source: PyMdown Extensions 9.5 `smartsymbols.py`. */
import type { MarkdownIt } from 'markdown-it';

const fractions = '1/4 1/2 3/4 1/3 2/3 1/5 2/5 3/5 4/5 1/6 5/6 1/8 3/8 5/8 7/8'.split(' ');
const fractionSigns = [...'¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞'];
const symbols: Readonly<Record<string, string>> = {
  '(tm)': '™',
  '(c)': '©',
  '(r)': '®',
  '+/-': '±',
  '=/=': '≠',
  'c/o': '℅',
  '<-->': '↔',
  '-->': '→',
  '<--': '←',
  ...Object.fromEntries(fractions.map((fraction, index) => [fraction, fractionSigns[index] ?? fraction])),
};
const any =
  /\(tm\)|\(c\)|\(r\)|\+\/-|=\/=|\bc\/o\b|<-->|(?<!-)-->|<--(?!-)|(?<![\d/])(?:[1-7]\/[2-68])(?![\d/])/g;

export function smartSymbols(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'smart_symbols', (state) => {
    for (const block of state.tokens) {
      for (const token of block.children ?? []) {
        if (token.type !== 'text' || !/[()/<>]/.test(token.content)) continue;
        token.content = token.content.replace(any, (text) => symbols[text] ?? text);
      }
    }
  });
}
