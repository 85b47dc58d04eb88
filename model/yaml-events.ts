import {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  type Event,
  getScalarValue,
  mergeTag,
  parseEvents,
  SCALAR_STYLE_FOLDED_BLOCK,
  SCALAR_STYLE_LITERAL_BLOCK,
} from 'js-yaml';

/** One YAML document: its value and, on demand, where its fields stand. */
export interface YamlDocument {
  value: unknown;
  /** 1-based line by dotted path. */
  lines: Record<string, number>;
  /** 1-based line of its first node. */
  line: number;
}

const schema = CORE_SCHEMA.withTags(mergeTag);
const mostAliases = 1000;

/**
 * Parses text with the fast parser. Lines are counted from `firstLine`.
 * @throws {Error} of js-yaml on anything it does not accept.
 */
export function parseFast(text: string, firstLine = 1): YamlDocument[] {
  const events = parseEvents(text, {});
  const values = constructFromEvents(events, { source: text, schema, maxAliases: mostAliases });
  const located = new FieldLocator(text, firstLine).locate(events);
  return values.map((value, index) => {
    const { lines, line, hasAliases } = located[index] ?? { lines: {}, line: firstLine, hasAliases: false };
    return { value: hasAliases ? unshare(value) : value, lines, line };
  });
}

/** Levels of keys that get a line: `spec.x.y` and `metadata.labels.x`. */
const deepestLine = 3;
const mostNodes = 100_000;

interface Located {
  lines: Record<string, number>;
  line: number;
  hasAliases: boolean;
}

/** One pass over the events of a text, which come in the order of the text. */
class FieldLocator {
  private readonly text: string;
  private line: number;
  private nextBreak: number;
  /** The open collections down to the deepest level that counts: path, next index (-1: a mapping), key. */
  private readonly paths: string[] = [];
  private readonly indexes: number[] = [];
  private readonly keys: (string | undefined)[] = [];

  constructor(text: string, firstLine: number) {
    this.text = text;
    this.line = firstLine;
    this.nextBreak = text.indexOf('\n');
  }

  locate(events: Event[]): Located[] {
    const documents: Located[] = [];
    let current: Located = { lines: {}, line: this.line, hasAliases: false };
    // Depth 0 is the document, 1 the root's own collection; deeper ones are only counted.
    let depth = -1;
    for (const event of events) {
      const { type } = event;
      if (type === EVENT_ID.POP) {
        depth--;
        continue;
      }
      if (type === EVENT_ID.DOCUMENT) {
        depth = 0;
        current = { lines: {}, line: 0, hasAliases: false };
        documents.push(current);
        continue;
      }
      if (type === EVENT_ID.ALIAS) current.hasAliases = true;
      if (current.line === 0) current.line = this.lineAt(startOf(event));
      const path = depth > 0 && depth <= deepestLine ? this.enter(event, depth, current.lines) : '';
      if (type === EVENT_ID.SCALAR || type === EVENT_ID.ALIAS) continue;
      depth++;
      if (depth > deepestLine) continue;
      this.paths[depth] = path;
      this.indexes[depth] = type === EVENT_ID.SEQUENCE ? 0 : -1;
      this.keys[depth] = undefined;
    }
    return documents;
  }

  /** Notes the line of a key or list item. @returns the path of what the event holds or opens. */
  private enter(event: Event, depth: number, lines: Record<string, number>): string {
    const parent = this.paths[depth];
    const index = this.indexes[depth] ?? -1;
    if (index >= 0) {
      this.indexes[depth] = index + 1;
      const path = parent ? joinPath(parent, String(index)) : String(index);
      lines[path] = this.lineAt(startOf(event));
      return path;
    }
    const key = this.keys[depth];
    if (key !== undefined) {
      this.keys[depth] = undefined;
      return key;
    }
    const name = event.type === EVENT_ID.SCALAR ? getScalarValue(this.text, event) : '';
    const path = parent ? joinPath(parent, name) : name;
    this.keys[depth] = path;
    lines[path] = this.lineAt(startOf(event));
    return '';
  }

  private lineAt(offset: number): number {
    while (this.nextBreak !== -1 && this.nextBreak < offset) {
      this.line++;
      this.nextBreak = this.text.indexOf('\n', this.nextBreak + 1);
    }
    return this.line;
  }
}

// The same few hundred paths come back in every document: looking one up is cheaper than building it anew.
// Property keys, unlike keys of a Map, are copies and keep no file's text alive.
const knownPaths: Record<string, Record<string, string>> = Object.create(null);
let pathsLeft = 5000;

function joinPath(parent: string, key: string): string {
  const below = knownPaths[parent];
  const known = below?.[key];
  if (known !== undefined) return known;
  const path = `${parent}.${key}`;
  if (pathsLeft > 0 && path.length < 100) {
    pathsLeft--;
    if (below) below[key] = path;
    else knownPaths[parent] = Object.assign(Object.create(null), { [key]: path });
  }
  return path;
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) {
    // The text of a block scalar starts on the line below its "|" or ">".
    const isBlock = event.style === SCALAR_STYLE_LITERAL_BLOCK || event.style === SCALAR_STYLE_FOLDED_BLOCK;
    return isBlock ? event.valueStart - 1 : event.valueStart;
  }
  if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return event.start;
  return event.type === EVENT_ID.ALIAS ? event.anchorStart : -1;
}

/**
 * Copies what aliases share, because a shared value that is written out as JSON may be a thousand times its
 * source ("billion laughs") or endless.
 * @throws {RangeError} when the copy would hold more than 100,000 nodes.
 */
export function unshare(value: unknown): unknown {
  let left = mostNodes;
  const copy = (node: unknown, depth: number): unknown => {
    if (--left < 0 || depth > 200) throw new RangeError('aliases expand to more than 100000 values');
    if (Array.isArray(node)) return node.map((item) => copy(item, depth + 1));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, copy(item, depth + 1)]));
  };
  return copy(value, 0);
}
