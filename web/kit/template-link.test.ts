import { expect, it } from 'vitest';
import { filledIn, givenValues, templatePath } from './template-link.ts';
import { parseSearch, stringifySearch } from './url.ts';

it('takes any values through an address', () => {
  const values = { path: 'docs/a b.md', owners: ['group:default/a', 'b&c'], deep: { n: 1, on: true } };
  const search = parseSearch(stringifySearch(filledIn('component:default/pay', values)));
  expect(search.entity).toBe('component:default/pay');
  expect(givenValues(String(search.formData))).toEqual(values);
});

it('adds nothing to an address that fills in nothing', () => {
  expect(filledIn('component:default/pay', {})).toEqual({ entity: 'component:default/pay' });
});

it.each(['', '{', '[1]', 'null', '"text"', undefined])('takes %j for no values', (text) => {
  expect(givenValues(text)).toEqual({});
});

it('leads to the form of a template', () => {
  expect(templatePath('template:default/add-readme')).toBe('/actions/default/add-readme');
});
