import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { TemplatePage } from '#model/template.ts';
import { schemaFault, validateValues } from './template-values.ts';

function form(...schemas: Record<string, unknown>[]) {
  const pages: TemplatePage[] = schemas.map((schema, index) => ({
    title: `Page ${index + 1}`,
    description: null,
    schema: { type: 'object', ...schema },
  }));
  return { pages, secretFields: ['password'], secretsSchema: null };
}

const two = form(
  {
    required: ['name'],
    properties: { name: { type: 'string', pattern: '^[a-z-_]+$' }, size: { type: 'integer', default: 3 } },
  },
  {
    required: ['owner'],
    properties: { owner: { type: 'string' }, kind: { enum: ['a', 'b'], enumNames: ['A', 'B'] } },
  },
);
const problemsOf = (template: ReturnType<typeof form>, values: Record<string, unknown>, secrets = {}) =>
  validateValues(template, values, secrets).problems.map(
    ({ page, field, message }) => `${page}|${field}|${message}`,
  );

describe('values', () => {
  it('pass when they fit every page, and get the defaults of the form', () => {
    expect(validateValues(two, { name: 'shop', owner: 'ada', more: true })).toEqual({
      values: { name: 'shop', owner: 'ada', more: true, size: 3 },
      secrets: {},
      problems: [],
    });
  });

  it('are held against each page', () => {
    expect(problemsOf(two, { name: 'No Name', kind: 'c', size: 'x' })).toEqual([
      'Page 1|name|name must match pattern "^[a-z-_]+$"',
      'Page 1|size|size must be integer',
      'Page 2|owner|owner is missing',
      'Page 2|kind|kind must be one of a, b',
    ]);
  });

  it('are not changed where they come from', () => {
    const values = { name: 'shop', owner: 'ada' };
    validateValues(two, values);
    expect(values).toEqual({ name: 'shop', owner: 'ada' });
  });

  it('may depend on each other', () => {
    const dependent = form({
      properties: { cloud: { enum: ['aws', 'gcp'] } },
      dependencies: {
        cloud: {
          oneOf: [
            { properties: { cloud: { const: 'aws' }, account: { type: 'string' } }, required: ['account'] },
            { properties: { cloud: { const: 'gcp' } } },
          ],
        },
      },
    });
    expect(problemsOf(dependent, { cloud: 'gcp' })).toEqual([]);
    expect(problemsOf(dependent, { cloud: 'aws' })).toContain('Page 1|account|account is missing');
    const conditional = form(parse('{ if: { properties: { a: { const: 1 } } }, then: { required: [b] } }'));
    expect(problemsOf(conditional, { a: 1 })).toEqual(['Page 1|b|b is missing']);
  });

  it.each([
    ['email', 'ada@example.com', 'ada'],
    ['uri', 'https://example.com/x', 'example'],
    ['date', '2026-03-01', '1.3.2026'],
    ['date-time', '2026-03-01T12:00:00+01:00', '2026-03-01'],
    ['ipv4', '10.0.0.1', '10.0.0'],
    ['uuid', '0190d2f4-7a3c-7d21-8f5e-0123456789ab', 'x'],
    ['hostname', 'a.example.com', 'a b'],
  ])('are held against the format %s', (format, good, bad) => {
    const one = form({ properties: { a: { type: 'string', format } } });
    expect(problemsOf(one, { a: good })).toEqual([]);
    expect(problemsOf(one, { a: bad })).toEqual([`Page 1|a|a must match format "${format}"`]);
  });

  it('may be of a format that only says how to show them', () => {
    expect(
      problemsOf(form({ properties: { a: { type: 'string', format: 'textarea' } } }), { a: 'x' }),
    ).toEqual([]);
  });

  it('are not matched forever', () => {
    const bomb = form({ properties: { a: { type: 'string', pattern: '^(x+)+$' } } });
    expect(problemsOf(bomb, { a: `${'x'.repeat(40)}!` })).toEqual([
      'Page 1||A pattern of the form takes too long on what was filled in',
    ]);
  });
});

describe('secrets', () => {
  const secret = form({
    required: ['password'],
    properties: {
      password: { type: 'string', minLength: 4, 'ui:field': 'Secret' },
      name: { type: 'string' },
    },
  });

  it('are taken out of the values', () => {
    expect(validateValues(secret, { name: 'shop', password: 'hunter2' })).toEqual({
      values: { name: 'shop' },
      secrets: { password: 'hunter2' },
      problems: [],
    });
  });

  it('that are sent apart win, and are held against the form', () => {
    const given = validateValues(secret, { password: '*******' }, { password: 'hunter2', other: 'x' });
    expect(given).toEqual({ values: {}, secrets: { password: 'hunter2', other: 'x' }, problems: [] });
    expect(problemsOf(secret, {})).toEqual(['Page 1|password|password is missing']);
    const short = problemsOf(secret, {}, { password: 'abc' });
    expect(short).toEqual(['Page 1|password|password must NOT have fewer than 4 characters']);
    expect(short.join()).not.toContain('abc');
  });

  it('of which a value has the name stay out of the values', () => {
    expect(validateValues(form({}), { token: 'shown' }, { token: 't' }).values).toEqual({});
  });

  it('are held against their own schema', () => {
    const template = { ...form({}), secretsSchema: { type: 'object', required: ['token'] } };
    expect(validateValues(template, {}).problems).toEqual([
      { page: null, field: 'token', message: 'token is missing' },
    ]);
    expect(validateValues(template, {}, { token: 't' }).problems).toEqual([]);
  });
});

describe('a page that is no schema', () => {
  it.each([
    [{ properties: { a: { type: 'strin' } } }],
    [{ properties: { a: { pattern: '(' } } }],
    [{ $ref: 'https://example.com/schema' }],
    [{ required: true }],
  ])('%j is told, and nothing passes it', (schema) => {
    const broken = form(schema);
    const [page] = broken.pages;
    expect(page && schemaFault(page)).toEqual(expect.any(String));
    expect(problemsOf(broken, {})[0]).toContain('The form can’t be used');
  });

  it('may name a draft, an id, and keywords that nobody knows', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'x',
      'ui:order': [],
      foo: { bar: 1 },
    };
    expect(schemaFault({ schema })).toBeNull();
  });
});
