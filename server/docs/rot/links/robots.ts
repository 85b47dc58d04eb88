/** What a host asks of programs in its robots.txt (RFC 9309). */

interface Rule {
  allow: boolean;
  pattern: string;
}

export interface Robots {
  /** @param path with its query. */
  allows(path: string): boolean;
}

export const everythingAllowed: Robots = { allows: () => true };

const MOST_RULES = 2000;

/** @param product our name in user agents; the groups for it count, and only without any those for everybody. */
export function readRobots(text: string, product: string): Robots {
  const groups = new Map<string, Rule[]>();
  let agents: string[] = [];
  let isNaming = false;
  for (const line of text.split(/\r\n?|\n/)) {
    const [, field = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line) ?? [];
    const name = field.toLowerCase();
    if (name === 'user-agent') {
      agents = [...(isNaming ? agents : []), value.toLowerCase()];
      isNaming = true;
      for (const agent of agents) groups.set(agent, groups.get(agent) ?? []);
    } else if (name === 'allow' || name === 'disallow') {
      isNaming = false;
      // An empty one says nothing.
      if (value !== '')
        for (const agent of agents) groups.get(agent)?.push({ allow: name === 'allow', pattern: value });
    }
  }
  const rules = (groups.get(product.toLowerCase()) ?? groups.get('*') ?? []).slice(0, MOST_RULES);
  return { allows: (path) => mayAsk(rules, path) };
}

/** The longest pattern counts, and of equal ones the one that allows. */
function mayAsk(rules: readonly Rule[], path: string): boolean {
  let best: Rule | undefined;
  for (const rule of rules) {
    if (!matches(rule.pattern, path)) continue;
    const [length, most] = [rule.pattern.length, best?.pattern.length ?? -1];
    if (length > most || (length === most && rule.allow)) best = rule;
  }
  return best?.allow ?? true;
}

/** `*` stands for anything and `$` at the end for the end. Looks from left to right, so that no pattern takes long. */
function matches(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$');
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split('*');
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const isLast = index === pieces.length - 1;
    if (isLast && isWhole && index > 0) return path.length - piece.length >= at && path.endsWith(piece);
    const found = index === 0 ? (path.startsWith(piece) ? 0 : -1) : path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return !isWhole || at === path.length;
}
