/**
 * `> [!NOTE]` as an admonition, before blocks are looked for. Source: `mkdocs-github-admonitions-plugin` 0.1, which
 * TechDocs has on: GitHub's form, and GitLab's title on the same line.
 */
import type { SourceLine } from './nodes.ts';

const marker = /^> {0,3}\[!(note|tip|important|caution|warning)\] *(.*)$/i;
const kinds: Readonly<Record<string, string>> = { caution: 'danger', important: 'warning' };

export function alertsToAdmonitions(lines: readonly SourceLine[]): SourceLine[] {
  const changed: SourceLine[] = [];
  let inside = false;
  lines.forEach((line, index) => {
    const [, kind, title = ''] = marker.exec(line.text) ?? [];
    const hasBody = lines[index + 1]?.text.startsWith('>') === true;
    if (kind !== undefined && hasBody && !inside) {
      const lower = kind.toLowerCase();
      const shown = title.trim().replaceAll('"', '”') || lower.charAt(0).toUpperCase() + lower.slice(1);
      changed.push({ ...line, text: `!!! ${kinds[lower] ?? lower} "${shown}"` });
      inside = true;
    } else if (inside && line.text.startsWith('>')) {
      const text = line.text.replace(/^> ?/, '');
      changed.push({ ...line, text: text.trim() === '' ? '' : `    ${text}` });
    } else {
      inside = false;
      changed.push(line);
    }
  });
  return changed;
}
