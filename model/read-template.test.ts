import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Entity } from './entity.ts';
import { readTemplate } from './read-template.ts';

const e = (expression: string) => `\${{ ${expression} }}`;

function template(spec: unknown, metadata: object = {}): Entity {
  const given = typeof spec === 'string' ? parse(spec) : spec;
  return {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name: 'service', namespace: 'pay', ...metadata },
    spec: given,
  };
}

const steps = [{ action: 'debug:log' }];
const messages = (entity: Entity) =>
  readTemplate(entity).problems.map(({ level, message }) => `${level}: ${message}`);

it('reads everything that the author of a template wrote', () => {
  const entity = template(
    {
      type: 'service',
      owner: 'platform',
      parameters: [
        {
          title: 'One',
          description: 'First',
          required: ['name'],
          properties: { name: { type: 'string' } },
        },
        { properties: { password: { type: 'string', 'ui:field': 'Secret' } } },
      ],
      presentation: { buttonLabels: { createButtonText: 'Go' } },
      secrets: { schema: { type: 'object', required: ['password'] } },
      steps: [
        {
          id: 'make',
          name: 'Make',
          action: 'fetch:template',
          input: { url: './s', values: { n: e('parameters.name') } },
        },
        { action: 'debug:log', if: e('steps.make.output.x'), each: ['a'] },
        { action: 'debug:log', if: false },
      ],
      output: {
        links: [{ title: 'Repository', url: e('steps.make.output.url') }],
        text: [{ title: 'T', content: 'c' }],
        remote: e('steps["step-2"].output.x'),
      },
    },
    {
      title: 'New service',
      description: 'Makes one',
      tags: ['node'],
      annotations: { 'backstage.io/time-saved': 'PT4H30M' },
    },
  );
  const { template: read, problems } = readTemplate(entity);
  expect(problems).toEqual([]);
  expect(read).toMatchObject({
    ref: 'template:pay/service',
    title: 'New service',
    description: 'Makes one',
    type: 'service',
    tags: ['node'],
    owner: 'platform',
    savesMinutes: 270,
    presentation: { back: 'Back', create: 'Go', review: 'Review' },
    secretFields: ['password'],
    secretsSchema: { required: ['password'] },
    pages: [
      { title: 'One', description: 'First', schema: { type: 'object', required: ['name'] } },
      { title: 'Please enter the following information', description: null },
    ],
    steps: [
      { id: 'make', name: 'Make', action: 'fetch:template' },
      { id: 'step-2', name: 'debug:log', input: {}, if: e('steps.make.output.x'), each: ['a'] },
      { id: 'step-3', if: false },
    ],
    output: {
      links: [{ title: 'Repository' }],
      text: [{ title: 'T' }],
      values: { remote: e('steps["step-2"].output.x') },
    },
  });
});

it('needs no form, and takes one page as it takes a list', () => {
  expect(readTemplate(template({ type: 'x', steps })).template?.pages).toEqual([]);
  const one = readTemplate(
    template({ type: 'x', steps, parameters: { title: 'Only', properties: {} } }),
  ).template;
  expect(one?.pages.map(({ title }) => title)).toEqual(['Only']);
  expect(one?.title).toBe('service');
});

it('finds secrets however deep they stand in conditions', () => {
  const secret = { type: 'string', 'ui:field': 'Secret' };
  const parameters = {
    properties: {
      a: secret,
      b: { type: 'object', properties: { c: secret } },
      list: { items: { properties: { d: secret } } },
    },
    dependencies: { a: { oneOf: [{ properties: { e: secret } }] } },
    allOf: parse(
      '[{ if: {}, then: { properties: { f: { ui:field: Secret } } }, else: { properties: { g: {} } } }]',
    ),
  };
  expect(readTemplate(template({ type: 'x', steps, parameters })).template?.secretFields.toSorted()).toEqual([
    'a',
    'c',
    'd',
    'e',
    'f',
  ]);
});

it('leaves out what is behind a feature flag', () => {
  const parameters = [
    { title: 'Kept', properties: { a: {}, b: { 'backstage:featureFlag': 'beta' } } },
    { title: 'Gone', 'backstage:featureFlag': 'beta' },
  ];
  const { template: read, problems } = readTemplate(template({ type: 'x', steps, parameters }));
  expect(read?.pages).toHaveLength(1);
  expect(read?.pages[0]?.schema.properties).toEqual({ a: {} });
  expect(problems.map(({ level, field }) => [level, field])).toEqual([
    ['info', 'spec.parameters.0.properties.b'],
    ['info', 'spec.parameters.1'],
  ]);
});

const faults: [string, object, string][] = [
  ['no steps', {}, 'error: spec.steps must be a list of steps'],
  ['empty steps', { steps: [] }, 'error: spec.steps is empty'],
  ['a step without an action', { steps: [{ id: 'a' }] }, 'error: spec.steps.0 has no action'],
  ['a step that is text', { steps: ['a'] }, 'error: spec.steps.0 must be a step, but it is "a"'],
  [
    'an id twice',
    {
      steps: [
        { id: 'a', action: 'x' },
        { id: 'a', action: 'x' },
      ],
    },
    'warning: Two steps have the id "a"; the later one is called "a-2"',
  ],
  [
    'input that is text',
    { steps: [{ action: 'x', input: 'y' }] },
    'error: spec.steps.0.input must be a mapping',
  ],
  ['a condition that is a list', { steps: [{ action: 'x', if: [] }] }, 'error: spec.steps.0.if must be text'],
  ['a page that is text', { steps, parameters: ['x'] }, 'error: spec.parameters.0 must be a page'],
  ['output that is text', { steps, output: 'x' }, 'error: spec.output must be a mapping'],
  ['links that are text', { steps, output: { links: 'x' } }, 'warning: spec.output.links must be a list'],
  [
    'a later step',
    {
      steps: [
        { action: 'x', if: e('steps.b') },
        { id: 'b', action: 'x' },
      ],
    },
    'which comes later',
  ],
  ['no such step', { steps, output: { a: e("steps['nope'].output.x") } }, 'step "nope", which there is not'],
  ['no such field', { steps: [{ action: 'x', input: { a: [e('parameters.nope')] } }] }, 'asks for "nope"'],
  ['a guard rail that is unknown', { steps, atrium: { approval: [] } }, 'error: spec.atrium: '],
  [
    'an approver that is nobody',
    { steps, atrium: { approvals: [{ from: 'me' }] } },
    'must be owner, group:…',
  ],
  [
    'an approval of no step',
    { steps, atrium: { approvals: [{ from: 'owner', step: 'x' }] } },
    'error: spec.atrium',
  ],
  [
    'a window that is none',
    { steps, atrium: { windows: [{ deny: 'Friday', reason: 'x' }] } },
    'must be a span',
  ],
];

it.each(faults)('%s is told', (_, spec, message) => {
  const entity = template({ type: 'x', ...spec });
  expect(messages(entity).join('\n')).toContain(message);
  expect(readTemplate(entity).template === null).toBe(
    messages(entity).some((each) => each.startsWith('error')),
  );
});

it('tells the line of the nearest field that is known', () => {
  const entity = template({ type: 'x', steps: [{ id: 'a' }] });
  expect(readTemplate(entity, { spec: 5, 'spec.steps': 9 }).problems).toMatchObject([
    { field: 'spec.steps.0', line: 9 },
  ]);
});

it.each([
  [{ apiVersion: 'backstage.io/v1beta2' }, 'apiVersion'],
  [{ kind: 'Component' }, 'kind'],
])('%j is not supported', (other, field) => {
  const reading = readTemplate({ ...template({ type: 'x', steps }), ...other });
  expect(reading).toMatchObject({ template: null, problems: [{ level: 'error', field }] });
});

it('a duration that is none counts for nothing', () => {
  const odd = template({ type: 'x', steps }, { annotations: { 'backstage.io/time-saved': 'four hours' } });
  expect(readTemplate(odd)).toMatchObject({
    template: { savesMinutes: null },
    problems: [{ level: 'warning' }],
  });
  const day = template({ type: 'x', steps }, { annotations: { 'backstage.io/time-saved': 'P1DT1H' } });
  expect(readTemplate(day).template?.savesMinutes).toBe(540);
});

it('never throws, whatever it is given', () => {
  const odd = [null, 1, 'x', [], [null], { a: null }, [[{}]]];
  for (const value of odd) {
    const spec = {
      type: value,
      parameters: value,
      steps: value,
      output: value,
      atrium: value,
      presentation: value,
    };
    expect(() => readTemplate(template(spec))).not.toThrow();
    expect(() =>
      readTemplate(template({ ...spec, steps: [{ action: 'x', input: value, if: value, each: value }] })),
    ).not.toThrow();
  }
});

it('has guard rails with what they leave out filled in', () => {
  const atrium = `
    for: kind=Component,spec.type=service
    approvals: [{ from: owner }, { from: 'group:default/security', quorum: 2, step: step-1, if: 'values.size > 3' }]
    quota: { count: 3, per: group, of: leases }
    policies: [{ cel: 'values.size < 9', message: Too large }]
    windows: [{ deny: 'Fri 12:00 - Mon 08:00', timeZone: Europe/Berlin, reason: Weekend }]
    concurrency: { key: one }
    lease: { hours: 24 }
    tools: [go]`;
  const { template: read, problems } = readTemplate(template({ type: 'x', steps, atrium: parse(atrium) }));
  expect(problems).toEqual([]);
  expect(read?.guardRails).toMatchObject({
    for: 'kind=Component,spec.type=service',
    approvals: [
      { from: 'owner', quorum: 1, expiresHours: 72 },
      { quorum: 2, step: 'step-1' },
    ],
    concurrency: { key: 'one', limit: 1 },
    lease: { hours: 24, remindHours: 2, maxHours: 168 },
    tools: ['go'],
  });
});
