import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { measure, pathPoints } from './boxes.ts';
import { textBox, type WidthOf } from './text-box.ts';

/** Each letter is half as wide as it is high. */
const width: WidthOf = (text, size) => (text.length * size) / 2;

function boxIn(svg: string, selector: string) {
  const { document } = parseHTML(`<svg id="d">${svg}</svg>`);
  const element = document.querySelector(selector);
  if (!element) throw new Error(`no ${selector}`);
  return measure(element as unknown as Element, (text) => textBox(text, width));
}

it('takes the hull of what a group holds, moved as it says', () => {
  const svg = `<g><rect x="1" y="2" width="10" height="20"/><g transform="translate(100, 50)">
    <circle cx="0" cy="0" r="5"/></g><defs><rect width="900" height="900"/></defs></g>`;
  expect(boxIn(svg, 'g')).toEqual({ x: 1, y: 2, width: 104, height: 53 });
  expect(boxIn('<g><rect width="4" height="2" transform="scale(2) rotate(90)"/></g>', 'g')).toMatchObject({
    width: expect.closeTo(4),
    height: expect.closeTo(8),
  });
});

it('follows a path with absolute and relative commands', () => {
  expect(pathPoints('M 10,10 h 20 v-5 l -5 0 A 3 3 0 0 1 40,40 Z')).toEqual([
    [10, 10],
    [10, 10],
    [30, 10],
    [30, 5],
    [25, 5],
    [25, 5],
    [40, 40],
    [40, 40],
  ]);
});

it('measures a text by what inline style, rules and attributes say, in this order', () => {
  const style = '<style>#d .label text{text-anchor:middle;font-size:20px}#d text{font-weight:700}</style>';
  const text = '<g class="label"><text x="50" y="0">abcd</text></g>';
  expect(boxIn(style + text, 'text')).toMatchObject({ x: 30, width: 40 });
  expect(boxIn(style + text.replace('<text', '<text style="font-size: 10px"'), 'text')).toMatchObject({
    x: 40,
    width: 20,
  });
  expect(boxIn('<text x="50" y="0" text-anchor="end">ab</text>', 'text')).toMatchObject({ x: 34, width: 16 });
});

it('makes lines of the parts that begin anew', () => {
  const lines = '<tspan x="0" dy="1em">ab</tspan><tspan x="0" dy="1em">abcd</tspan>';
  const one = boxIn('<text>abcd</text>', 'text');
  const two = boxIn(`<text>${lines}</text>`, 'text');
  expect(two.width).toBe(one.width);
  expect(two.height).toBeCloseTo(one.height + 16);
});
