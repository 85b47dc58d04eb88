/** How much room a text of an SVG takes, by the widths of its font. */
import { type Box, boxOf, numberOf } from './boxes.ts';
import { styleOf } from './text-style.ts';

/** Of Inter, as parts of the size. */
const ASCENT = 0.969;
const DESCENT = 0.241;
const SIZE = 16;

/** @returns the width in pixels. */
export type WidthOf = (text: string, size: number, weight: string) => number;

function sizeOf(element: Element): number {
  const text = styleOf(element, 'font-size') ?? '';
  const value = Number.parseFloat(text);
  if (Number.isNaN(value)) return SIZE;
  return /r?em$/.test(text) ? value * SIZE : /%$/.test(text) ? (value / 100) * SIZE : value;
}

/** `1.1em`, `12px` or `12`. */
function length(text: string | null, size: number): number | undefined {
  if (text === null) return undefined;
  const value = Number.parseFloat(text);
  if (Number.isNaN(value)) return undefined;
  return text.trim().endsWith('em') ? value * size : value;
}

interface Line {
  text: string;
  x: number;
  y: number;
  element: Element;
}

/** Its lines: one for each part that says where it begins, else all of it. */
function linesOf(element: Element, size: number): Line[] {
  const x = numberOf(element, 'x');
  let y = (length(element.getAttribute('y'), size) ?? 0) + (length(element.getAttribute('dy'), size) ?? 0);
  const parts = [...element.children].filter((child) => child.hasAttribute('x') || child.hasAttribute('dy'));
  if (parts.length === 0) return [{ text: element.textContent ?? '', x, y, element }];
  return parts.map((part) => {
    y = (length(part.getAttribute('y'), size) ?? y) + (length(part.getAttribute('dy'), size) ?? 0);
    return { text: part.textContent ?? '', x: length(part.getAttribute('x'), size) ?? x, y, element: part };
  });
}

const middles = new Set(['middle', 'central']);
const tops = new Set(['hanging', 'text-before-edge', 'before-edge', 'text-top']);

function topOf(element: Element, y: number, size: number): number {
  const baseline = styleOf(element, 'dominant-baseline') ?? styleOf(element, 'alignment-baseline') ?? '';
  if (middles.has(baseline)) return y - ((ASCENT + DESCENT) * size) / 2;
  return tops.has(baseline) ? y : y - ASCENT * size;
}

export function widthOf(element: Element, width: WidthOf): number {
  return width(element.textContent ?? '', sizeOf(element), styleOf(element, 'font-weight') ?? 'normal');
}

export function textBox(element: Element, width: WidthOf): Box {
  const size = sizeOf(element);
  const weight = styleOf(element, 'font-weight') ?? 'normal';
  const corners = linesOf(element, size).flatMap((line) => {
    const wide = width(line.text, size, weight);
    const anchor = styleOf(line.element, 'text-anchor');
    const left = line.x - (anchor === 'middle' ? wide / 2 : anchor === 'end' ? wide : 0);
    const top = topOf(line.element, line.y, size);
    return [
      [left, top],
      [left + wide, top + (ASCENT + DESCENT) * size],
    ] as const;
  });
  return boxOf(corners) ?? { x: 0, y: 0, width: 0, height: 0 };
}
