import { expect, it } from 'vitest';
import { splitSchema } from './split-schema.ts';

it('puts ui: keys into a tree of the same shape', () => {
  const { schema, uiSchema } = splitSchema({
    type: 'object',
    'ui:order': ['name'],
    properties: {
      name: { type: 'string', 'ui:autofocus': true },
      tags: { type: 'array', items: { type: 'string', 'ui:placeholder': 'tag' } },
    },
  });
  expect(schema).toEqual({
    type: 'object',
    properties: { name: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
  });
  expect(uiSchema).toEqual({
    'ui:order': ['name'],
    name: { 'ui:autofocus': true },
    tags: { items: { 'ui:placeholder': 'tag' } },
  });
});

it('takes the labels of choices, as Backstage’s forms do', () => {
  const { schema, uiSchema } = splitSchema({ properties: { size: { enum: ['s'], enumNames: ['Small'] } } });
  expect(schema).toEqual({ properties: { size: { enum: ['s'] } } });
  expect(uiSchema).toEqual({ size: { 'ui:enumNames': ['Small'] } });
});

it('finds those of properties that only a branch has', () => {
  const { uiSchema } = splitSchema({
    properties: { kind: { type: 'string' } },
    dependencies: {
      kind: { oneOf: [{ properties: { owner: { type: 'string', 'ui:field': 'OwnerPicker' } } }] },
    },
    allOf: JSON.parse('[{"if":{},"then":{"properties":{"note":{"ui:widget":"textarea"}}}}]'),
  });
  expect(uiSchema).toMatchObject({
    owner: { 'ui:field': 'OwnerPicker' },
    note: { 'ui:widget': 'textarea' },
  });
});

it('leaves values alone that only look like schemas', () => {
  const { schema } = splitSchema({
    properties: { a: { default: { 'ui:x': 1 }, enum: [{ properties: 1 }] } },
  });
  expect(schema).toEqual({ properties: { a: { default: { 'ui:x': 1 }, enum: [{ properties: 1 }] } } });
});
