import { expect, it } from 'vitest';
import { conditionFault, holds } from './conditions.ts';

const facts = {
  parameters: { replicas: 3, name: 'cart', zones: ['a', 'b'], ratio: 0.5, text: `${'a'.repeat(40)}!` },
  user: { ref: 'user:default/ada', name: 'Ada', groups: ['group:default/shop'] },
  entity: { kind: 'Component', spec: { lifecycle: 'production' } },
};

it.each([
  ['parameters.replicas <= 3', true],
  ['parameters.replicas + 1 == 4', true],
  ['parameters.replicas % 2 == 0', false],
  ['parameters.ratio < 1.0', true],
  ['parameters.name.startsWith("ca")', true],
  ['"group:default/shop" in user.groups', true],
  ['entity == null || entity.spec.lifecycle != "production"', false],
  ['parameters.zones.all(zone, zone != "c")', true],
  ['has(parameters.absent)', false],
])('%s is %s', (condition, wanted) => {
  expect(conditionFault(condition)).toBeUndefined();
  expect(holds(condition, facts)).toBe(wanted);
});

it.each([
  ['parameters.replicas <', 'Unexpected token'],
  ['replicas > 3', 'Unknown variable: replicas'],
  ['1 + 1', 'It gives int'],
  ['process.exit()', 'Unknown variable: process'],
  [`[${'1,'.repeat(300)}1].size() > 0`, 'max'],
])('%s can’t be read: %s', (condition, fault) => {
  expect(conditionFault(condition)?.toLowerCase()).toContain(fault.toLowerCase());
});

it('ends where it would take for ever', () => {
  expect(() => holds('parameters.text.matches("^(a+)+$")', facts)).toThrow(/timed out/);
  const deep = 'parameters.zones';
  const many = { ...facts, parameters: { zones: Array.from({ length: 400 }, (_, n) => `${n}`) } };
  const nested = `${deep}.all(a, ${deep}.all(b, ${deep}.all(c, a != "x" || b != c)))`;
  expect(() => holds(nested, many)).toThrow(/timed out/);
});

it('refuses what is not there, and what is not yes or no', () => {
  expect(() => holds('parameters.absent == 1', facts)).toThrow('No such key: absent');
  expect(() => holds('parameters.name', facts)).toThrow('true or false');
});
