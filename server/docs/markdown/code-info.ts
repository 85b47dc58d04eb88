/** What stands behind the marks of a fence: language, title, line numbers, marked lines. */

export interface CodeInfo {
  /** Empty if none is named. */
  readonly language: string;
  readonly title: string | undefined;
  /** Number of the first line; undefined: nothing is said of line numbers. */
  readonly firstLine: number | undefined;
  readonly marked: ReadonlySet<number>;
}

const option = /([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s}]+))/g;
const mostMarked = 1000;

export function readCodeInfo(info: string): CodeInfo {
  const isBraced = info.startsWith('{');
  const inner = isBraced ? info.replace(/^\{:?/, '').replace(/\}$/, '').trim() : info;
  const options = new Map<string, string>();
  for (const [, key, double, single, bare] of inner.matchAll(option)) {
    if (key !== undefined) options.set(key.toLowerCase(), double ?? single ?? bare ?? '');
  }
  const first = inner.split(/[\s,{]/)[0] ?? '';
  const classed = /(?:^|\s)\.([\w#+-]+)/.exec(inner)?.[1];
  const language = isBraced ? (classed ?? '') : first.includes('=') ? '' : first.replace(/^\./, '');
  const start = Number.parseInt(options.get('linenums') ?? '', 10);
  return {
    language,
    title: options.get('title'),
    firstLine: options.has('linenums') && Number.isFinite(start) ? start : undefined,
    marked: markedLines(options.get('hl_lines') ?? ''),
  };
}

/** `2 4-6`, counted from the first line of the block. */
function markedLines(text: string): Set<number> {
  const lines = new Set<number>();
  for (const [, from = '', to] of text.matchAll(/(\d+)(?:-(\d+))?/g)) {
    const last = Math.min(Number(to ?? from), Number(from) + mostMarked);
    for (let line = Number(from); line <= last && lines.size < mostMarked; line++) lines.add(line);
  }
  return lines;
}
