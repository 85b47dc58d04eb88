/** Renders the statements of a text: what is around and between expressions. */
import type { Assignment, Listing, Loop, Macro, Name, Node, Pair, Switch } from './ast.ts';
import { createEvaluate, identifier, refuse } from './evaluate.ts';
import { Frame, type Rendering } from './scope.ts';
import { Callable, isMapping, type Named, own, text } from './values.ts';

export const evaluate = createEvaluate({ macro, text: execute });

/** @returns the text. @throws {Error} when something in it can't be done, or is not allowed. */
export function execute(node: Node, frame: Frame, rendering: Rendering): string {
  switch (node.typename) {
    case 'Root':
    case 'NodeList':
    case 'Output':
      return node.children.map((child) => execute(child, frame, rendering)).join('');
    case 'If': {
      const branch = evaluate(node.cond, frame, rendering) ? node.body : node.else_;
      return branch ? execute(branch, frame, rendering) : '';
    }
    case 'For':
      return loop(node, frame, rendering);
    case 'Set':
      assign(node, frame, rendering);
      return '';
    case 'Switch':
      return choose(node, frame, rendering);
    case 'Macro': {
      const value = macro(node, undefined, rendering);
      if (frame.topLevel) rendering.variables.set(node.name.value, value);
      frame.define(node.name.value, value);
      return '';
    }
    case 'Block':
      return execute(node.body, new Frame(frame, { isolated: true }), rendering);
    default:
      return rendering.budget.spend(text(evaluate(node, frame, rendering)));
  }
}

function assign({ targets, value, body }: Assignment, frame: Frame, rendering: Rendering): void {
  const source = value ?? body;
  const assigned = source && evaluate(source, frame, rendering);
  for (const target of targets) {
    if (target.typename !== 'Symbol') refuse(target);
    frame.assign(identifier(target.value), assigned);
    if (frame.topLevel) rendering.variables.set(target.value, assigned);
  }
}

/** As in JavaScript, an empty case falls through to the next. */
function choose({ expr, cases, default: otherwise }: Switch, frame: Frame, rendering: Rendering): string {
  const wanted = evaluate(expr, frame, rendering);
  const first = cases.findIndex(({ cond }) => evaluate(cond, frame, rendering) === wanted);
  const chosen = first === -1 ? undefined : cases.slice(first).find(({ body }) => body.children.length > 0);
  const body = chosen?.body ?? otherwise;
  return body ? execute(body, frame, rendering) : '';
}

function loop({ arr, name, body, else_ }: Loop, outer: Frame, rendering: Rendering): string {
  const items = itemsOf(evaluate(arr, outer, rendering), name);
  const frame = new Frame(outer);
  if (items.length === 0) return else_ ? execute(else_, frame, rendering) : '';
  const parts = items.map((values, index) => {
    for (const [variable, value] of values) frame.declare(variable, value);
    frame.define('loop', loopVariables(index, items.length));
    return execute(body, frame, rendering);
  });
  return parts.join('');
}

/** What each round gives to which variable. */
function itemsOf(value: unknown, name: Name | Listing): [string, unknown][][] {
  if (name.typename === 'Symbol') {
    const items = typeof value === 'string' || Array.isArray(value) ? [...value] : [];
    return items.map((item) => [[name.value, item]]);
  }
  const names = name.children.map((child) => (child.typename === 'Symbol' ? child.value : refuse(child)));
  const rows = Array.isArray(value) ? value : entriesOf(value);
  return rows.map((row: unknown) => names.map((variable, place) => [variable, part(row, place)]));
}

function part(row: unknown, place: number): unknown {
  if (row === undefined || row === null) throw new TypeError('an item of the loop has no parts');
  return typeof row === 'string' ? row[place] : own(row, place);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isMapping(value) || typeof value === 'string' ? Object.entries(value) : [];
}

function loopVariables(index: number, length: number): Named {
  return {
    index: index + 1,
    index0: index,
    revindex: length - index,
    revindex0: length - index - 1,
    first: index === 0,
    last: index === length - 1,
    length,
  };
}

/** @param around the frame that its body sees; none for a named macro. */
function macro({ args, body }: Macro, around: Frame | undefined, rendering: Rendering): Callable {
  const last = args.children.at(-1);
  const defaults: Pair[] =
    last && (last.typename === 'Dict' || last.typename === 'KeywordArgs') ? last.children : [];
  const positional = defaults.length > 0 ? args.children.slice(0, -1) : args.children;
  const names = positional.map((node) => (node.typename === 'Symbol' ? node.value : refuse(node)));
  const optional = defaults.map(({ key, value }) => ({
    name: key.typename === 'Symbol' ? key.value : refuse(key),
    value,
  }));
  return new Callable((given, named) => {
    const frame = new Frame(around, { isolated: true });
    if (Object.hasOwn(named, 'caller')) frame.define('caller', named.caller);
    for (const [place, name] of names.entries()) {
      frame.declare(name, place < given.length ? given[place] : own(named, name));
    }
    for (const [place, { name, value }] of optional.entries()) {
      const at = names.length + place;
      if (at < given.length) frame.define(name, given[at]);
      else frame.define(name, Object.hasOwn(named, name) ? named[name] : evaluate(value, frame, rendering));
    }
    return execute(body, frame, rendering);
  });
}
