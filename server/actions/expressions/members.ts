/** What stands behind a dot or in brackets: own properties, and a few harmless methods of texts and lists. */
import { Callable, isMapping, jsText, number, own, text } from './values.ts';

type Method<T> = (value: T, args: unknown[]) => unknown;

const pattern = (value: unknown): string | RegExp => (value instanceof RegExp ? value : jsText(value));
const optional = (value: unknown): number | undefined => (value === undefined ? undefined : number(value));

/** The methods of JavaScript that authors of templates use. None takes a function. */
const textMethods: Record<string, Method<string>> = {
  toLowerCase: (value) => value.toLowerCase(),
  toUpperCase: (value) => value.toUpperCase(),
  toString: (value: string) => value,
  trim: (value) => value.trim(),
  trimStart: (value) => value.trimStart(),
  trimEnd: (value) => value.trimEnd(),
  split: (value, [by, limit]) => (by === undefined ? [value] : value.split(pattern(by), optional(limit))),
  replace: (value, [what, by]) => value.replace(pattern(what), jsText(by)),
  replaceAll: (value, [what, by]) => value.replaceAll(pattern(what), jsText(by)),
  includes: (value, [what]) => value.includes(jsText(what)),
  startsWith: (value, [what]) => value.startsWith(jsText(what)),
  endsWith: (value, [what]) => value.endsWith(jsText(what)),
  indexOf: (value, [what]) => value.indexOf(jsText(what)),
  lastIndexOf: (value, [what]) => value.lastIndexOf(jsText(what)),
  slice: (value, [from, to]) => value.slice(optional(from), optional(to)),
  substring: (value, [from, to]) => value.substring(number(from ?? 0), optional(to)),
  charAt: (value, [at]) => value.charAt(number(at ?? 0)),
  padStart: (value, [width, by]) => value.padStart(number(width), text(by) || ' '),
  padEnd: (value, [width, by]) => value.padEnd(number(width), text(by) || ' '),
  concat: (value, others) => value + others.map(jsText).join(''),
};

const listMethods: Record<string, Method<unknown[]>> = {
  includes: (value, [what]) => value.includes(what),
  indexOf: (value, [what]) => value.indexOf(what),
  join: (value, [by]) => value.map(text).join(by === undefined ? ',' : jsText(by)),
  slice: (value, [from, to]) => value.slice(optional(from), optional(to)),
  concat: (value, others) => value.concat(...others),
};

/** Python's, for templates that were written for Cookiecutter. */
const pythonText: Record<string, Method<string>> = {
  lower: (value) => value.toLowerCase(),
  upper: (value) => value.toUpperCase(),
  strip: (value) => value.trim(),
  title: (value) => value.toLowerCase().replace(/(^|[^\p{L}])\p{L}/gu, (start) => start.toUpperCase()),
  capitalize: (value) => value.slice(0, 1).toUpperCase() + value.slice(1).toLowerCase(),
  split: (value, [by]) => (by === undefined ? (value.match(/\S+/g) ?? []) : value.split(jsText(by))),
  replace: (value, [what, by]) => value.replaceAll(jsText(what), () => jsText(by)),
  startswith: (value, [what]) => value.startsWith(jsText(what)),
  endswith: (value, [what]) => value.endsWith(jsText(what)),
};

const pythonList: Record<string, Method<unknown[]>> = {
  append: (value, [item]) => value.push(item),
  count: (value, [what]) => value.filter((item) => item === what).length,
  index: (value, [what]) => value.indexOf(what),
  find: (value, [what]) => value.indexOf(what),
};

const pythonDict: Record<string, Method<Record<string, unknown>>> = {
  get: (value, [key, otherwise]) => own(value, key) ?? otherwise,
  has_key: (value, [key]) => Object.hasOwn(value, jsText(key)),
  keys: (value) => Object.keys(value),
  values: (value) => Object.values(value),
  items: (value) => Object.entries(value),
};

/** The value of `target[key]`, or of `target.key`. */
export function member(target: unknown, key: unknown, python: boolean): unknown {
  if (typeof target === 'string') return memberOfText(target, key, python);
  if (Array.isArray(target)) {
    const found = own(target, key);
    if (found !== undefined) return found;
    return bound(target, key, python ? { ...listMethods, ...pythonList } : listMethods);
  }
  const found = own(target, key);
  if (found !== undefined || !python || !isMapping(target)) return found;
  return bound(target, key, pythonDict);
}

function memberOfText(target: string, key: unknown, python: boolean): unknown {
  const name = jsText(key);
  if (name === 'length') return target.length;
  if (/^\d+$/.test(name)) return target[Number(name)];
  return bound(target, name, python ? { ...textMethods, ...pythonText } : textMethods);
}

function bound<T>(target: T, key: unknown, methods: Record<string, Method<T>>): Callable | undefined {
  const name = jsText(key);
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  return method && new Callable((args) => method(target, args));
}

/** Python's `target[start:stop:step]`. */
export function slice(target: unknown, start: unknown, stop: unknown, step: unknown): unknown[] {
  const items = typeof target === 'string' ? [...target] : Array.isArray(target) ? target : [];
  const by = number(step ?? 1);
  if (!Number.isInteger(by) || by === 0) throw new RangeError('a slice needs a step that is not 0');
  const from = place(start, items.length, by > 0 ? 0 : items.length - 1);
  const to = place(stop, items.length, by > 0 ? items.length : -1);
  const found: unknown[] = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) {
    if (at >= 0 && at < items.length) found.push(items[at]);
    else if (by > 0 ? at >= items.length : at < 0) break;
  }
  return found;
}

function place(value: unknown, length: number, otherwise: number): number {
  if (value === undefined || value === null) return otherwise;
  const at = number(value);
  return at < 0 ? at + length : at;
}
