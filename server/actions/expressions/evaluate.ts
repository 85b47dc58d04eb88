/**
 * Gives the value of an expression. The tree that nunjucks' parser makes is walked, and nothing is compiled: its
 * compiler lets names and texts of a template into the code that it makes.
 */
import type { Binary, Call, Compare, Dict, Literal, Macro, Name, Node, NodeList } from './ast.ts';
import { applyFilter } from './filters.ts';
import { member, slice } from './members.ts';
import type { Frame, Rendering } from './scope.ts';
import { tests } from './tests.ts';
import { add, Callable, isMapping, jsText, type Named, number, primitive } from './values.ts';

/** Parts of an expression that hold statements. */
export interface Statements {
  macro(node: Macro, frame: Frame | undefined, rendering: Rendering): Callable;
  text(node: Node, frame: Frame, rendering: Rendering): string;
}

export type Evaluate = (node: Node, frame: Frame, rendering: Rendering) => unknown;

export function createEvaluate(statements: Statements): Evaluate {
  const evaluate: Evaluate = (node, frame, rendering) => {
    const value = (child: Node) => evaluate(child, frame, rendering);
    switch (node.typename) {
      case 'Literal':
      case 'TemplateData':
        return node.value;
      case 'Symbol': {
        const name = identifier(node.value);
        const found = frame.lookup(name);
        return found === undefined && !frame.declares(name) ? rendering.variables.get(name) : found;
      }
      case 'Group':
        // As in JavaScript, the last one of several counts.
        return node.children.map(value).at(-1);
      case 'Array':
        return node.children.map(value);
      case 'Dict':
      case 'KeywordArgs':
        return mapping(node, value);
      case 'LookupVal':
        return lookup(node.target, node.val, value, rendering.python);
      case 'FunCall':
        return call(node, value);
      case 'Filter': {
        const { positional, named } = argumentsOf(node.args, value);
        const [input, ...args] = positional;
        return applyFilter(nameOf(node.name), input, args, named, rendering);
      }
      case 'InlineIf':
        if (value(node.cond)) return value(node.body);
        return node.else_ ? value(node.else_) : '';
      case 'Compare':
        return compare(node, value);
      case 'Not':
        return !value(node.target);
      case 'Neg':
        return -number(value(node.target));
      case 'Pos':
        return number(value(node.target));
      case 'Caller':
        return statements.macro(node, frame, rendering);
      case 'Capture':
        return statements.text(node.body, frame, rendering);
      default:
        return 'left' in node ? binary(node, value) : refuse(node);
    }
  };
  return evaluate;
}

type Value = (node: Node) => unknown;

export function refuse(node: { typename: string }): never {
  throw new Error(`${node.typename} is not allowed`);
}

/** The parser takes almost anything for a name. @throws {Error} */
export function identifier(name: string): string {
  if (/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return name;
  throw new Error(`${name} is no name`);
}

function nameOf(node: Node): string {
  return node.typename === 'Symbol' ? node.value : refuse(node);
}

function keyOf(node: Node): string {
  if (node.typename === 'Symbol') return node.value;
  if (node.typename === 'Literal' && typeof node.value === 'string') return node.value;
  throw new Error('the keys of a mapping must be names or texts');
}

/** A key `__proto__` is a property as any other. */
function mapping({ children }: Dict, value: Value): Named {
  return Object.fromEntries(children.map((pair) => [keyOf(pair.key), value(pair.value)]));
}

function lookup(target: Node, key: Node, value: Value, python: boolean): unknown {
  const found = value(target);
  if (key.typename === 'Slice') return slice(found, value(key.start), value(key.stop), value(key.step));
  return member(found, value(key), python);
}

function argumentsOf({ children }: NodeList, value: Value): { positional: unknown[]; named: Named } {
  const last = children.at(-1);
  if (last?.typename !== 'KeywordArgs') return { positional: children.map(value), named: {} };
  return { positional: children.slice(0, -1).map(value), named: mapping(last, value) };
}

function call({ name, args }: Call, value: Value): unknown {
  const callee = value(name);
  if (!(callee instanceof Callable)) throw new Error(`${written(name)} can't be called`);
  const { positional, named } = argumentsOf(args, value);
  return callee.call(positional, named);
}

function written(node: Node): string {
  if (node.typename === 'Symbol') return node.value;
  if (node.typename === 'LookupVal') return `${written(node.target)}.${written(node.val)}`;
  return node.typename === 'Literal' ? jsText(node.value) : 'this';
}

function binary(node: Binary, value: Value): unknown {
  switch (node.typename) {
    case 'Or':
      return value(node.left) || value(node.right);
    case 'And':
      return value(node.left) && value(node.right);
    case 'Concat':
      return jsText(value(node.left)) + jsText(value(node.right));
    case 'FloorDiv':
      return Math.floor(number(value(node.left)) / number(value(node.right)));
    case 'Pow':
      return number(value(node.left)) ** number(value(node.right));
    case 'In':
      return isIn(value(node.left), value(node.right));
    case 'Is':
      return is(node, value);
    default:
      return chain(node, value);
  }
}

const sums = ['Add', 'Sub'];
const products = ['Mul', 'Div', 'Mod'];

/** The parser nests `a * b / c` to the right; as everywhere, it is meant from left to right. */
function chain(node: Binary, value: Value): unknown {
  const level = sums.includes(node.typename) ? sums : products;
  const operands: Node[] = [];
  const operators: string[] = [];
  const flatten = (part: Node) => {
    if (!('left' in part) || !level.includes(part.typename)) {
      operands.push(part);
      return;
    }
    flatten(part.left);
    operators.push(part.typename);
    flatten(part.right);
  };
  flatten(node);
  return operands.map(value).reduce((left, right, index) => reckon(operators[index - 1] ?? '', left, right));
}

function reckon(operator: string, left: unknown, right: unknown): unknown {
  switch (operator) {
    case 'Add':
      return add(left, right);
    case 'Sub':
      return number(left) - number(right);
    case 'Mul':
      return number(left) * number(right);
    case 'Div':
      return number(left) / number(right);
    default:
      return number(left) % number(right);
  }
}

function isIn(item: unknown, holder: unknown): boolean {
  if (typeof holder === 'string') return holder.includes(jsText(item));
  if (Array.isArray(holder)) return holder.includes(item);
  if (isMapping(holder)) return Object.hasOwn(holder, jsText(item));
  throw new Error(`"in" looks into texts, lists and mappings only`);
}

function is({ left, right }: Binary, value: Value): boolean {
  const name = right.typename === 'FunCall' ? right.name : right;
  const test = tests.get(testName(name));
  if (!test) throw new Error(`test not found: ${testName(name)}`);
  const args = right.typename === 'FunCall' ? argumentsOf(right.args, value).positional : [];
  return test(value(left), args[0]);
}

function testName(node: Node): string {
  return node.typename === 'Symbol' || node.typename === 'Literal'
    ? jsText((node as Name | Literal).value)
    : '';
}

function compare({ expr, ops }: Compare, value: Value): unknown {
  return ops.reduce<unknown>(
    (left, { type, expr: right }) => compareTwo(type, left, value(right)),
    value(expr),
  );
}

function compareTwo(operator: string, left: unknown, right: unknown): boolean {
  if (operator === '===') return left === right;
  if (operator === '!==') return left !== right;
  const areObjects = typeof left === 'object' && typeof right === 'object' && left !== null && right !== null;
  if (operator === '==') return areObjects ? left === right : looselyEqual(left, right);
  if (operator === '!=') return areObjects ? left !== right : !looselyEqual(left, right);
  const [one, two] = [primitive(left), primitive(right)];
  const bothTexts = typeof one === 'string' && typeof two === 'string';
  const [a, b] = bothTexts ? [one, two] : [number(one), number(two)];
  switch (operator) {
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    default:
      return a >= b;
  }
}

/** JavaScript's `==`. */
function looselyEqual(left: unknown, right: unknown): boolean {
  const isNothing = (value: unknown) => value === undefined || value === null;
  if (isNothing(left) || isNothing(right)) return isNothing(left) && isNothing(right);
  const [one, two] = [primitive(left), primitive(right)];
  return typeof one === typeof two ? one === two : number(one) === number(two);
}
