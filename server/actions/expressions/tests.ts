/** What may stand behind `is`. */
import { Callable, isMapping, jsText } from './values.ts';

type Test = (value: unknown, other?: unknown) => boolean;

const order = (compare: (one: string | number, two: string | number) => boolean): Test => {
  return (value, other) =>
    typeof value === 'number' && typeof other === 'number'
      ? compare(value, other)
      : compare(jsText(value), jsText(other));
};
const isText = (value: unknown): value is string => typeof value === 'string';
const equal: Test = (value, other) => value === other;
const greater = order((one, two) => one > two);
const less = order((one, two) => one < two);

export const tests: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['callable', (value) => value instanceof Callable],
  ['defined', (value) => value !== undefined],
  ['undefined', (value) => value === undefined],
  ['null', (value) => value === null],
  ['none', (value) => value === null],
  ['divisibleby', (value, other) => Number(value) % Number(other) === 0],
  ['eq', equal],
  ['equalto', equal],
  ['sameas', equal],
  ['ne', (value, other) => value !== other],
  ['even', (value) => Number(value) % 2 === 0],
  ['odd', (value) => Number(value) % 2 === 1],
  ['ge', order((one, two) => one >= two)],
  ['gt', greater],
  ['greaterthan', greater],
  ['le', order((one, two) => one <= two)],
  ['lt', less],
  ['lessthan', less],
  ['lower', (value) => isText(value) && value.toLowerCase() === value],
  ['upper', (value) => isText(value) && value.toUpperCase() === value],
  ['number', (value) => typeof value === 'number'],
  ['string', isText],
  ['boolean', (value) => typeof value === 'boolean'],
  ['truthy', (value) => Boolean(value)],
  ['falsy', (value) => !value],
  ['iterable', (value) => isText(value) || Array.isArray(value)],
  ['mapping', isMapping],
  // Nothing is escaped here.
  ['escaped', () => false],
]);
