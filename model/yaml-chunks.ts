/** One stretch of a file between document markers, which parses on its own. */
export interface YamlChunk {
  text: string;
  /** 1-based line of the file on which it starts. */
  line: number;
  /** Starts with `---`, so that it is a document even when it is empty. */
  marked: boolean;
}

/**
 * Cuts a file at its `---` lines. YAML forbids such a line within any scalar, so the cut is exact, and what is
 * wrong in one document can't touch the next. Line breaks must be `\n`.
 */
export function* splitDocuments(text: string): Generator<YamlChunk> {
  const marker = /^---(?=[ \t\n]|$)/gm;
  let start = 0;
  let line = 1;
  let marked = false;
  for (let found = marker.exec(text); found; found = marker.exec(text)) {
    const directives = !marked && hasDirectives(text.slice(start, found.index));
    if (found.index > start && !directives) {
      const chunk = text.slice(start, found.index);
      yield { text: chunk, line, marked };
      line += countBreaks(chunk);
      start = found.index;
    }
    marked = true;
  }
  yield { text: text.slice(start), line, marked };
}

/** `%YAML` and `%TAG` lines belong to the document behind the marker. */
function hasDirectives(text: string): boolean {
  return /^%/m.test(text) && /^(?:[ \t]*(?:#.*)?\n|%.*\n)*$/.test(text);
}

function countBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
