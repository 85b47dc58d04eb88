/** What the style of a diagram says of its texts, for a document that nobody lays out. */

interface Rule {
  selector: string;
  /** Of the last part of the selector: what the element itself must have, to be asked at all. */
  tag: string | undefined;
  classes: readonly string[];
  values: ReadonlyMap<string, string>;
}

const wanted = new Set([
  'text-anchor',
  'font-size',
  'font-weight',
  'dominant-baseline',
  'alignment-baseline',
]);

function ruleOf(selector: string, values: ReadonlyMap<string, string>): Rule {
  const [last = ''] = /[^\s>+~]+$/.exec(selector) ?? [];
  return {
    selector,
    values,
    tag: /^[a-z][\w-]*/i.exec(last)?.[0].toLowerCase(),
    classes: (last.match(/\.[\w-]+/g) ?? []).map((name) => name.slice(1)),
  };
}

/** Rules of a sheet that say something of texts. Those in `@media` and the like are taken as if they held. */
export function readRules(sheet: string): Rule[] {
  return [...sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) => {
    const pairs = [...body.matchAll(/([\w-]+)\s*:\s*([^;!]+)/g)].flatMap(([, name = '', value = '']) =>
      wanted.has(name) ? [[name, value.trim()] as const] : [],
    );
    if (pairs.length === 0) return [];
    const values = new Map(pairs);
    return selectors.split(',').map((selector) => ruleOf(selector.trim(), values));
  });
}

let read: { sheet: string; rules: Rule[] } = { sheet: '', rules: [] };

/** Mermaid puts its style at the beginning of its SVG. */
function rulesFor(element: Element): readonly Rule[] {
  let root: Element = element;
  while (root.parentElement && root.localName !== 'svg') root = root.parentElement;
  const sheet = root.querySelector(':scope > style')?.textContent ?? '';
  if (sheet !== read.sheet) read = { sheet, rules: readRules(sheet) };
  return read.rules;
}

function fits(rule: Rule, element: Element): boolean {
  if (rule.tag !== undefined && rule.tag !== element.localName.toLowerCase()) return false;
  if (!rule.classes.every((name) => element.classList.contains(name))) return false;
  try {
    return element.matches(rule.selector);
  } catch {
    // A selector of something newer than what reads it.
    return false;
  }
}

function inlineOf(element: Element, name: string): string | undefined {
  const inline = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;!]+)`, 'i').exec(
    element.getAttribute('style') ?? '',
  );
  return inline?.[1]?.trim();
}

/** The value that holds for an element: its own or that of what it stands in. */
export function styleOf(element: Element, name: string): string | undefined {
  const rules = rulesFor(element).filter(({ values }) => values.has(name));
  for (let at: Element | null = element; at; at = at.parentElement) {
    const here = at;
    const value =
      inlineOf(here, name) ??
      rules.findLast((rule) => fits(rule, here))?.values.get(name) ??
      here.getAttribute(name)?.trim();
    if (value && value !== 'inherit') return value;
  }
  return undefined;
}
