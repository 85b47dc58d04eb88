/** A badge for READMEs: one small SVG that says where an entity stands. */
import { escapeXml } from './escape-xml.ts';

export interface BadgeWords {
  label: string;
  value: string;
  tone: 'good' | 'fair' | 'poor' | 'none';
}

const fills: Record<BadgeWords['tone'], string> = {
  good: '#1a7f4b',
  fair: '#9a6700',
  poor: '#b3261e',
  none: '#5c6370',
};
/** Of Verdana at 11 px, which most viewers have or replace by something as wide. */
const CHARACTER = 6.6;
const PADDING = 12;

export function badge({ label, value, tone }: BadgeWords): string {
  const [left, right] = [widthOf(label), widthOf(value)];
  const width = left + right;
  const text = (content: string, x: number) =>
    `<text x="${x}" y="14" text-anchor="middle">${escapeXml(content)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${escapeXml(`${label}: ${value}`)}">`,
    `<title>${escapeXml(`${label}: ${value}`)}</title>`,
    `<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3b4048"/>`,
    `<rect x="${left}" width="${right}" height="20" fill="${fills[tone]}"/></g>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`,
    text(label, left / 2),
    text(value, left + right / 2),
    '</g></svg>',
  ].join('');
}

function widthOf(text: string): number {
  return Math.round([...text].length * CHARACTER + PADDING);
}

/** @param position among so many levels; -1 for none. */
export function toneOf(position: number, levels: number): BadgeWords['tone'] {
  if (position < 0) return 'poor';
  return position === levels - 1 ? 'good' : 'fair';
}
