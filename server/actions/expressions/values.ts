/** Values within an expression: what JSON can hold, regular expressions, and what may be called. */
import { isRecord } from '#model/value-words.ts';

export type Named = Record<string, unknown>;

/**
 * All that an expression can call. No function of JavaScript is ever a value of an expression, so there is none
 * whose constructor could be asked for.
 */
export class Callable {
  readonly #body: (args: unknown[], named: Named) => unknown;

  constructor(body: (args: unknown[], named: Named) => unknown) {
    this.#body = body;
  }

  call(args: unknown[], named: Named): unknown {
    return this.#body(args, named);
  }

  toJSON(): undefined {
    return undefined;
  }
}

/** Reads a property that the object itself has; prototypes are out of reach. */
export function own(value: unknown, key: unknown): unknown {
  if (value instanceof Callable || value instanceof RegExp) return undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const name = jsText(key);
  return Object.hasOwn(value, name) ? (value as Named)[name] : undefined;
}

/** Follows `a.b.c`. */
export function ownPath(value: unknown, path: unknown): unknown {
  if (typeof path !== 'string') return own(value, path);
  return path.split('.').reduce<unknown>((item, key) => own(item, key), value);
}

/** As JavaScript turns a value into a primitive, but no method of the value has a say in it. */
export function primitive(value: unknown): string | number | boolean | null | undefined {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    default:
      break;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(text).join(',');
  if (value instanceof RegExp) return `/${value.source}/${value.flags}`;
  return value instanceof Callable ? '' : '[object Object]';
}

/** As it stands in an output: nothing for what is not there. */
export function text(value: unknown): string {
  return value === undefined || value === null ? '' : String(primitive(value));
}

export function jsText(value: unknown): string {
  return String(primitive(value));
}

export function number(value: unknown): number {
  return Number(primitive(value));
}

/** An object that an expression may look into. */
export function isMapping(value: unknown): value is Named {
  return isRecord(value) && !(value instanceof Callable) && !(value instanceof RegExp);
}

/** As JavaScript adds. */
export function add(left: unknown, right: unknown): string | number {
  const [one, two] = [primitive(left), primitive(right)];
  return typeof one === 'string' || typeof two === 'string' ? `${one}${two}` : number(one) + number(two);
}
