/** Makes of Mermaid's SVG a document that stands alone as an image. */
import { parseHTML } from 'linkedom/worker';
import type { Drawing } from './protocol.ts';

const LABELS = 14;

/** `flowchart-v2` → `flowchart`, `sequence` stays. */
const kindOf = (type: string) => type.replace(/[-_]?(?:v\d+|beta|diagram)/gi, '').toLowerCase() || 'diagram';

/** What the author says of it, else what it is and what is written in it. */
function descriptionOf(svg: Element, type: string): string {
  const said = ['title', 'desc'].flatMap(
    (name) => svg.querySelector(`:scope > ${name}`)?.textContent?.trim() || [],
  );
  if (said.length > 0) return said.join('. ');
  const labels = [...svg.querySelectorAll('text')].map((text) => text.textContent?.trim() ?? '');
  const distinct = [...new Set(labels.filter((label) => label.length > 1))];
  const more = distinct.length > LABELS ? ', …' : '';
  return `${kindOf(type)}: ${distinct.slice(0, LABELS).join(', ')}${more}`;
}

/** In XML there are five names of characters; HTML has hundreds. */
const toXml = (text: string) => text.replaceAll('&nbsp;', '&#160;').replace(/<br\s*>/g, '<br/>');

/** @throws {Error} when it says no size. */
export function finished(text: string, type: string, fontFace: string): Drawing {
  const svg = parseHTML(text).document.querySelector('svg');
  const [, , width, height] = (svg?.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  if (!svg || !width || !height) throw new Error('Nothing was drawn');
  svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.removeAttribute('style');
  const style = svg.querySelector('style');
  if (style) style.textContent = `${fontFace}${style.textContent}`;
  return {
    svg: toXml(svg.outerHTML),
    width: Math.ceil(width),
    height: Math.ceil(height),
    description: descriptionOf(svg, type),
  };
}
