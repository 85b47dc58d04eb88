import { expect, it } from 'vitest';
import { apiLint } from './api-lint.ts';
import { observe } from './scope.test-helper.ts';

const GOOD = `openapi: 3.1.0
info:
  title: Orders
  version: 1.0.0
  description: Takes orders
servers:
  - url: https://orders.example.org
security: []
paths:
  /orders/{id}:
    parameters:
      - $ref: '#/components/parameters/id'
    get:
      operationId: getOrder
      summary: One order
      responses:
        '200': { description: ok }
        '404': { description: none }
components:
  parameters:
    id: { name: id, in: path, required: true, schema: { type: string } }
`;
const problems = (source: string, path = 'api/openapi.yaml') =>
  (observe(apiLint, { [path]: source })?.value.problems ?? []) as {
    rule: string;
    line?: number;
    level: string;
  }[];
const rules = (source: string) =>
  problems(source).map(({ rule, line }) => (line === undefined ? rule : `${rule}:${line}`));

it('finds nothing wrong with a good one', () => {
  expect(observe(apiLint, { 'api/openapi.yaml': GOOD })).toEqual({
    value: { files: 1, errors: 0, warnings: 0, problems: [] },
    path: 'api/openapi.yaml',
  });
});

it('says nothing without one', () => {
  expect(
    observe(apiLint, { 'a.yaml': 'kind: Deployment', 'openapi.yaml': 'openapi: 3.0.0\ncomponents: {}' }),
  ).toBeUndefined();
  expect(observe(apiLint, { 'api/openapi.yaml': GOOD }, { others: ['api'] })).toBeUndefined();
});

it.each([
  ['title: Orders', '', 'info-title:2'],
  ['version: 1.0.0', '', 'info-version:2'],
  ['description: Takes orders', '', 'info-description:2'],
  ['  - url: https://orders.example.org', '  []', 'server-present:6'],
  ['security: []', '', 'security-declared'],
  ['operationId: getOrder', '', 'operation-id:13'],
  ['summary: One order', '', 'operation-described:13'],
  ["'404'", "'302'", 'client-error-response:13'],
  ['in: path', 'in: query', 'path-parameter-declared:13'],
  ['/orders/{id}:', '/orders/{id}/{item}:', 'path-parameter-declared:13'],
])('misses %s', (there, instead, rule) => {
  expect(rules(GOOD.replace(there, instead))).toEqual([rule]);
});

it('finds operations that are called alike, responses that are missing, and references to nothing', () => {
  const source = GOOD.replace(
    'components:',
    "  /b:\n    get:\n      operationId: getOrder\n      summary: B\n    post:\n      operationId: b\n      summary: B\n      responses:\n        default: { $ref: '#/components/responses/none' }\ncomponents:",
  );
  expect(rules(source)).toEqual(['responses-present:20', 'operation-id-unique:20', 'ref-resolves:27']);
  expect(observe(apiLint, { 'openapi.yaml': source })).toMatchObject({
    value: { errors: 3, warnings: 0 },
    line: 20,
  });
});

it('reads JSON and the second version', () => {
  const old = {
    swagger: '2.0',
    info: { title: 'x', version: '1', description: 'y' },
    host: 'x.org',
    security: [],
    paths: {},
  };
  expect(problems(JSON.stringify(old), 'swagger.json')).toEqual([]);
  expect(problems(JSON.stringify({ ...old, host: undefined }, null, 2), 'swagger.json')).toMatchObject([
    { rule: 'server-present', level: 'warning' },
  ]);
});

it('does not judge parameters that another file describes', () => {
  expect(rules(GOOD.replace('#/components/parameters/id', 'shared.yaml#/id'))).toEqual([]);
});

it('puts errors first and keeps the list short', () => {
  const paths = Array.from(
    { length: 40 },
    (_, index) => `  /p${index}:\n    get: { responses: { '200': {} } }\n`,
  ).join('');
  const value = observe(apiLint, { 'openapi.yaml': `openapi: 3.0.0\npaths:\n${paths}` })?.value;
  expect(value).toMatchObject({ files: 1, errors: 2, warnings: 123 });
  expect(value?.problems).toHaveLength(50);
  expect(value?.problems).toMatchObject(
    [{ rule: 'info-title' }, { rule: 'info-version' }, { level: 'warning' }].concat(Array(47).fill({})),
  );
});

it('names a document that can’t be read', () => {
  expect(rules('openapi: 3.0.0\npaths: [\n')).toEqual(['readable']);
});
