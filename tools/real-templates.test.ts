import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { documentFile, documentOf, judgeTemplates, templatesFolder } from './real-templates.ts';

const folder = mkdtempSync(join(tmpdir(), 'atrium-judged-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const head = 'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: x }\n';
const name = `\${{ parameters.name }}`;

it('tells of each template what works and what is missing', async () => {
  const files = {
    'a-good.yaml': `${head}spec:
  type: service
  parameters: { required: [name], properties: { name: { type: string, pattern: '^[a-z]+$' } } }
  steps:
    - { id: make, action: 'fetch:template', input: { url: ./s, values: { name: '${name}' } } }
    - { action: 'debug:log', input: { message: '${name}' } }`,
    'b-missing.yaml': `${head}spec:
  type: service
  steps:
    - { id: go, action: 'no:such', input: {} }
    - { action: 'debug:log', input: { message: "\${{ steps.go.output.x }}" } }
    - { action: 'fs:read', input: { path: README.md } }`,
    'c-form.yaml': `${head}spec: { type: x, parameters: { properties: { a: { type: strin } } }, steps: [{ action: 'debug:log' }] }`,
    'd-input.yaml': `${head}spec: { type: x, steps: [{ action: 'fs:read', input: { path: 5 } }] }`,
    'e-invalid.yaml': `${head}spec: { type: x, steps: [{ id: a }] }`,
    'f-broken.yaml': 'a: [',
  };
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const judged = await judgeTemplates(folder);
  expect(judged.map(({ file, ...each }) => [file.slice(0, 1), ...Object.values(each)])).toEqual([
    ['a', 'yes', 'yes', '1 page', 'passes'],
    ['b', 'yes', 'yes', '0 pages', '0 of 3 steps pass; lacks no:such, its own file README.md'],
    [
      'c',
      'yes',
      expect.stringContaining('no valid JSON Schema'),
      expect.stringContaining('properties/a/type'),
      'passes',
    ],
    ['d', 'yes', 'yes', '0 pages', 'fails at step-1: fs:read: path must be string'],
    ['e', 'yes', expect.stringContaining('action'), '–', '–'],
    ['f', expect.stringContaining('YAML'), '–', '–', '–'],
  ]);
  const document = documentOf('<!-- counts -->\n<!-- end -->\n<!-- table -->\n<!-- end -->', judged);
  expect(document).toContain('Of 6 files, 5 parse,');
  expect(document).toContain('| a-good | yes | yes | 1 page | passes |');
});

/** Planning a hundred templates takes a while. */
const isTried = process.env.ATRIUM_TEST_SLOW !== undefined && existsSync(templatesFolder);

it.skipIf(!isTried)(
  'docs/decisions/real-templates.md is up to date',
  async () => {
    const document = readFileSync(documentFile, 'utf8');
    expect(documentOf(document, await judgeTemplates(templatesFolder))).toBe(document);
  },
  300_000,
);
