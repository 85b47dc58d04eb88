import temml from 'temml';
import { escapeHtml } from './escape.ts';

/** Longer formulas are shown as they are written. */
const longest = 5000;

/**
 * TeX as MathML, which browsers draw without fonts of ours. Its colours and sizes that need inline styles are left out,
 * since the portal forbids those; commands that could load or link something are not carried out.
 */
export function mathMl(tex: string, isBlock: boolean): string {
  const plain = `<code class="math">${escapeHtml(tex)}</code>`;
  if (tex.length > longest) return plain;
  try {
    const html = temml.renderToString(tex, {
      displayMode: isBlock,
      throwOnError: true,
      trust: false,
      maxExpand: 500,
    });
    return html.replace(/ style="[^"]*"/g, '');
  } catch {
    // The formula has a mistake; its author sees where it stands.
    return plain;
  }
}
