/** Derives what a file may have held earlier from what it holds now, so that histories need no second copy. */

const grows = /\.(md|ts|tsx|js|mjs|go|py|java|cs|rs|rb|sql|tf|swift|kt|css|proto|graphql|sh)$/;
const braces = /\.(ts|tsx|js|mjs|go|java|cs|rs|tf|proto|graphql|css)$/;

/** The content after `step` of `steps` changes: all of it at the last one, less before. */
export function earlier(path: string, content: string, step: number, steps: number): string {
  if (step >= steps) return content;
  if (path.endsWith('CHANGELOG.md')) return olderEntries(content, step, steps);
  if (!grows.test(path)) return olderVersions(content, steps - step);
  const blocks = content.trimEnd().split(/\n{2,}/);
  if (blocks.length === 1) return olderVersions(content, steps - step);
  const kept = blocks.slice(0, share(blocks.length, step, steps)).join('\n\n');
  return `${braces.test(path) ? closed(kept) : kept}\n`;
}

/** A changelog has its newest entry first: an older one lacks entries at the top. */
function olderEntries(content: string, step: number, steps: number): string {
  const [head = '', ...entries] = content.split(/^(?=## )/m);
  return head + entries.slice(entries.length - share(entries.length, step, steps)).join('');
}

/** Manifests and lock files: the same with lower patch numbers. */
function olderVersions(content: string, back: number): string {
  return content.replace(/\b(\d+\.\d+\.)(\d+)\b(?!\.)/g, (_, minor: string, patch: string) => {
    return `${minor}${Math.max(0, Number(patch) - back)}`;
  });
}

/** At least one and not all. */
function share(count: number, step: number, steps: number): number {
  return Math.min(count - 1, Math.max(1, Math.round((count * step) / steps)));
}

/** Adds the closing braces that a cut left open. */
function closed(text: string): string {
  const open = (text.match(/\{/g) ?? []).length - (text.match(/\}/g) ?? []).length;
  const ends = Array.from({ length: Math.max(0, open) }, (_, depth) => `${'  '.repeat(open - depth - 1)}}`);
  return [text, ...ends].join('\n');
}
