import { dig, short, text } from './parse.ts';

/**
 * Reads a chart's template well enough to see its workloads: plain values are filled in, branches that
 * the default values switch off are left out, and everything else becomes empty. No template is run.
 */
export function renderTemplate(
  source: string,
  values: unknown,
  chart: { name: string; version: string },
): string {
  const open: { kept: boolean; outer: boolean }[] = [];
  let keeping = true;
  const lines: string[] = [];
  const flat = source.replace(/\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/g, '');
  for (const line of flat.split('\n')) {
    const control = /^\s*\{\{-?\s*(if|with|range|define|block|else|end)\b(.*?)-?\}\}\s*$/.exec(line);
    if (control) {
      const word = control[1] ?? '';
      const rest = (control[2] ?? '').trim();
      const top = open.at(-1);
      if (word === 'end') {
        open.pop();
        keeping = top?.outer ?? true;
      } else if (word === 'else') {
        // The first branch that may hold is taken; the alternatives to it are not.
        if (top) {
          keeping =
            top.outer && !top.kept && (!rest.startsWith('if') || holds('if', rest.slice(2).trim(), values));
          top.kept ||= keeping;
        }
      } else {
        const kept = word === 'define' ? false : holds(word, rest, values);
        open.push({ kept, outer: keeping });
        keeping &&= kept;
      }
      continue;
    }
    if (keeping && !/^\s*\{\{-?\s*(toYaml|include|template|tpl|\$)/.test(line))
      lines.push(fill(line, values, chart));
  }
  return lines.join('\n');
}

function lookUp(path: string, values: unknown): unknown {
  return dig(values, ...path.split('.').filter(Boolean));
}

/** Only what the values say plainly can switch a branch off. */
function holds(word: string, condition: string, values: unknown): boolean {
  const plain = /^(not\s+)?\.Values\.([\w.]+)$/.exec(condition);
  if (plain?.[2]) {
    const value = lookUp(plain[2], values);
    const truthy = Boolean(value) && !(Array.isArray(value) && value.length === 0);
    return word === 'range' ? truthy : plain[1] ? !truthy : truthy;
  }
  const equal = /^(eq|ne)\s+\.Values\.([\w.]+)\s+(\S+)$/.exec(condition);
  if (equal?.[2] && equal[3]) {
    const same = String(lookUp(equal[2], values)) === equal[3].replaceAll('"', '');
    return equal[1] === 'eq' ? same : !same;
  }
  const every = /^and\s+((?:\.Values\.[\w.]+(?:\s+|$))+)$/.exec(condition);
  if (every?.[1])
    return every[1]
      .trim()
      .split(/\s+/)
      .every((path) => Boolean(lookUp(path.slice(8), values)));
  return true;
}

function fill(line: string, values: unknown, chart: { name: string; version: string }): string {
  if (!line.includes('{{')) return line;
  return line.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_whole, expression: string) => {
    const value = /^\.Values\.([\w.]+)/.exec(expression);
    if (value?.[1]) return short(text(lookUp(value[1], values))) ?? fallback(expression, chart);
    if (/^\.(Chart|Release)\.Name/.test(expression)) return chart.name;
    // `cart.redis.fullname` is usually the chart's name with `redis` behind it.
    const helper = /^(?:include|template)\s+"[^".]*\.?([^"]*?)\.?(?:full)?name"/i.exec(expression);
    if (helper) return [chart.name, helper[1]].filter(Boolean).join('-');
    return fallback(expression, chart);
  });
}

function fallback(expression: string, chart: { version: string }): string {
  if (expression.includes('.Chart.AppVersion') || expression.includes('.Chart.Version')) return chart.version;
  return /default\s+"([^"]*)"/.exec(expression)?.[1] ?? '';
}
