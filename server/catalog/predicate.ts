/** Reads the predicate query language (`{"kind": "Component", "spec.type": {"$in": [...]}}`). */
import { AtriumError } from '#model/errors.ts';
import { allOf, bounded, type Condition, nothing } from './filter.ts';

/** Deep enough for any query a person writes; bounds the work that one request can ask for. */
const MAX_DEPTH = 20;

/** @throws {AtriumError} FILTER_INVALID with the place of what can't be read. */
export function parsePredicate(query: unknown): Condition {
  return bounded(readObject(query, 'query', 0));
}

function readObject(value: unknown, place: string, depth: number): Condition {
  if (!isRecord(value)) {
    throw invalid(place, 'must be an object');
  }
  if (depth > MAX_DEPTH) {
    throw invalid(place, 'is nested too deeply');
  }
  const keys = Object.keys(value);
  const operator = keys.find((key) => key.startsWith('$'));
  if (operator === undefined) {
    return allOf(keys.map((key) => readMatcher(key.trim().toLowerCase(), value[key], `${place}.${key}`)));
  }
  if (keys.length > 1) {
    throw invalid(place, `holds ${operator} beside other keys; wrap them in $all`);
  }
  return readLogic(operator, value[operator], `${place}.${operator}`, depth);
}

function readLogic(operator: string, value: unknown, place: string, depth: number): Condition {
  if (operator === '$not') {
    return { op: 'not', of: readObject(value, place, depth + 1) };
  }
  if (operator !== '$all' && operator !== '$any') {
    throw invalid(place, 'is not an operator here; $all, $any and $not are');
  }
  if (!Array.isArray(value)) {
    throw invalid(place, 'must be a list');
  }
  const of = value.map((item, index) => readObject(item, `${place}[${index}]`, depth + 1));
  return operator === '$all' ? allOf(of) : { op: 'any', of };
}

function readMatcher(key: string, value: unknown, place: string): Condition {
  if (!isRecord(value)) {
    return equals(key, [value], place);
  }
  const [operator, ...others] = Object.keys(value);
  const operand = operator === undefined ? undefined : value[operator];
  if (operator === undefined || others.length > 0) {
    throw invalid(place, 'must hold exactly one of $exists, $in, $contains, $hasPrefix');
  }
  if (operator === '$exists' && typeof operand === 'boolean') {
    return operand ? { op: 'exists', key } : { op: 'not', of: { op: 'exists', key } };
  }
  if (operator === '$in' && Array.isArray(operand)) {
    return equals(key, operand, place);
  }
  if (operator === '$hasPrefix' && typeof operand === 'string') {
    return { op: 'prefix', key, prefix: operand.toLowerCase() };
  }
  if (operator === '$contains') {
    return readContains(key, operand, `${place}.$contains`);
  }
  throw invalid(place, 'must be a value or one of $exists, $in, $contains, $hasPrefix with its operand');
}

/** Null never equals anything, so it is left out rather than refused. */
function equals(key: string, values: unknown[], place: string): Condition {
  const texts: string[] = [];
  for (const value of values) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      texts.push(String(value).toLowerCase());
    } else if (value !== null) {
      throw invalid(place, 'compares with something that is not a string, number or boolean');
    }
  }
  return texts.length === 0 ? nothing : { op: 'in', key, values: texts };
}

/**
 * Lists are indexed flattened: a list of values as `path=item`, a list of objects as `path.field=value`.
 * So one field of an element can be asked for, and for relations the type together with the target.
 */
function readContains(key: string, operand: unknown, place: string): Condition {
  if (!isRecord(operand)) {
    return equals(key, [operand], place);
  }
  if (key === 'relations') {
    return readRelation(operand, place);
  }
  const [field, ...others] = Object.keys(operand);
  if (field === undefined || field.startsWith('$') || others.length > 0) {
    throw invalid(place, 'may name one field of a list element; combine several with $all');
  }
  return readMatcher(`${key}.${field.toLowerCase()}`, operand[field], `${place}.${field}`);
}

function readRelation(operand: Record<string, unknown>, place: string): Condition {
  const { type, targetRef, ...others } = operand;
  if (typeof type !== 'string' || Object.keys(others).length > 0) {
    throw invalid(place, 'must name the type of the relation, and may name its targetRef');
  }
  const key = `relations.${type.toLowerCase()}`;
  return targetRef === undefined ? { op: 'exists', key } : readMatcher(key, targetRef, `${place}.targetRef`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(place: string, what: string): AtriumError {
  return new AtriumError('FILTER_INVALID', `${place} ${what}`);
}
