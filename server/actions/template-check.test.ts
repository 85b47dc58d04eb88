import { afterAll, expect, it } from 'vitest';
import { createKindRegistry } from '#model/kind-registry.ts';
import { createRenderer } from './expressions/index.ts';
import type { StepAction } from './step-action.ts';
import { fsRead } from './steps/fs-read.ts';
import { checkTemplate } from './template-check.ts';

const renderer = createRenderer();
afterAll(() => renderer.close());

const actions = new Map<string, StepAction>([[fsRead.id, fsRead]]);
const check = (text: string) => checkTemplate(text, { kinds: createKindRegistry(), renderer, actions });
const places = async (text: string) =>
  (await check(text)).problems.map(
    ({ level, line, column, message }) => `${level} ${line}:${column} ${message}`,
  );

const head = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: x
spec:
  type: service
`;
const expression = (text: string) => `\${{ ${text} }}`;

it('finds nothing wrong with a good template', async () => {
  const result = await check(`${head}  steps:\n    - action: fs:read\n      input: { path: a }\n`);
  expect(result).toMatchObject({
    problems: [],
    template: { ref: 'template:default/x' },
    entity: { kind: 'Template' },
  });
});

it('tells line and column of what is wrong, deep within lists too', async () => {
  const text = `${head}  parameters:
    - title: One
      properties:
        a: { type: strin }
  steps:
    - action: fs:read
      input:
        path: '${expression('parameters.nope')}'
    - action: no:such
    - action: fs:read
      id: third
    - action: fs:read
      input:
        path: '${expression('a || b')}'
        other: "{% raw"
`;
  expect(await places(text)).toEqual([
    'warning 14:15 spec.steps.0.input.path asks for "nope", which no page of the form has',
    expect.stringMatching(/^error 8:7 The page "One" is no valid JSON Schema: .*properties\/a\/type/s),
    'error 15:15 There is no step action no:such',
    'error 16:7 Step "fs:read" lacks the input path, which fs:read needs',
    expect.stringMatching(/^warning 20:15 spec.steps.3.input.path holds an expression that can’t be read/),
    expect.stringMatching(/^warning 21:16 spec.steps.3.input.other holds an expression/),
  ]);
  const { problems, template, reading } = await check(text);
  expect(problems.find(({ message }) => message.includes('input.path holds'))?.remedy).toContain(
    '"and" for &&',
  );
  expect(template).toBeNull();
  // The form can be shown all the same.
  expect(reading?.pages).toHaveLength(1);
});

it('takes the template among several documents', async () => {
  const text = `apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: g }\nspec: { type: team, children: [] }\n---\n${head}  steps: [{ action: no:such }]\n`;
  expect(await places(text)).toEqual(['error 12:21 There is no step action no:such']);
});

it.each([
  ['', 'error'],
  ['a: [', 'error'],
  ['just text', 'warning'],
  [`${head}  steps: []\n`, 'error'],
  [`${head}  steps: [{ action: fs:read, input: 5 }]\n`, 'error'],
  [`${head.replace('name: x', 'name: not a name')}  steps: []\n`, 'error'],
  [head.replace('v1beta3', 'v1beta2'), 'error'],
])('%j is no template', async (text, level) => {
  const { template, problems } = await check(text);
  expect(template).toBeNull();
  expect(problems[0]).toMatchObject({ level, line: expect.any(Number) });
});
