import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createRenderer } from './index.ts';

const CANARY = 'ESCAPED-4f1c';

type Attempts = Record<string, string>;
const { working, others, cookiecutter, bombs }: Record<string, Attempts> = parse(
  readFileSync(join(import.meta.dirname, 'escape-attempts.yaml'), 'utf8')
    .replaceAll('CODE', '"return process.env.ATRIUM_CANARY"')
    .replaceAll('A60', 'a'.repeat(60))
    .replaceAll('OPEN', '('.repeat(200_000)),
);

const context = { values: { name: 'shop', path: '/etc/passwd' } };
const expression = (text: string) => `\${{ ${text} }}`;
const renderer = createRenderer({ timeLimit: 1500, memoryLimit: 64 });

beforeAll(() => {
  process.env.ATRIUM_CANARY = CANARY;
});
afterAll(() => {
  delete process.env.ATRIUM_CANARY;
  renderer.close();
});

function entriesOf(attempts: Attempts = {}): [string, string][] {
  return Object.entries(attempts);
}

/** The canary, functions of the engine, and what only this machine knows. */
const leaked = new RegExp(`${CANARY}|native code|function \\w*\\(|root:|${process.version}|node_modules`);

function inPlainNunjucks(text: string): string {
  const tags = { variableStart: '${{', variableEnd: '}}' };
  const environment = new nunjucks.Environment([], { autoescape: false, tags });
  try {
    return environment.renderString(text, structuredClone(context));
  } catch (error) {
    return String(error);
  }
}

async function attempt(text: string, python = false): Promise<string> {
  const given = python ? { cookiecutter: context.values } : context;
  const [result] = await renderer.renderTexts([text], given, { cookiecutter: python });
  return result && 'text' in result ? result.text : `error: ${result?.error}`;
}

it('knows at least fifty ways to get out', () => {
  expect(Object.keys({ ...working, ...others, ...cookiecutter, ...bombs }).length).toBeGreaterThanOrEqual(50);
});

describe('of the ways out of nunjucks', () => {
  it.each(entriesOf(working))('%s works there', (_, text) => {
    expect(inPlainNunjucks(text)).toContain(CANARY);
  });

  it.each(entriesOf(working))('%s does not work here', async (_, text) => {
    expect(await attempt(text)).toMatch(/^error: /);
    expect(await attempt(text)).not.toMatch(leaked);
  });

  it.each(entriesOf(working))('%s does not work in a step', async (_, text) => {
    const rendered = await renderer.render({ input: text }, context);
    // It stays as it was written.
    expect(rendered).toEqual({ input: text });
  });
});

it.each(entriesOf(others))('%s gives nothing away', async (_, text) => {
  expect(await attempt(text)).not.toMatch(leaked);
});

it.each(['include an absolute path', 'extends', 'import', 'from … import', 'asyncEach', 'ifAsync'])(
  '%s is refused',
  async (name) => {
    expect(await attempt(others?.[name] ?? '')).toMatch(/error: .*not allowed/);
  },
);

it.each(entriesOf(cookiecutter))('%s gives nothing away in Cookiecutter’s dialect', async (_, text) => {
  expect(await attempt(text, true)).not.toMatch(leaked);
});

it.each(entriesOf(bombs))('%s ends, and the next expression is rendered', async (_, text) => {
  const outcome = await attempt(text).catch((error: { code?: unknown }) => `error: ${error.code}`);
  expect(outcome).toMatch(/^error: /);
  expect(await renderer.render(expression('20 + 1'), {})).toBe(21);
});

it('lets no text change what another one sees', async () => {
  const texts = [
    `{% set values = {"name": "other"} %}${expression('values.__proto__.__defineGetter__("polluted", range)')}`,
    '{% set values = {"name": "other"} %}',
    ['values.name', 'values.polluted', '({}).polluted'].map(expression).join(''),
  ];
  const results = await renderer.renderTexts(texts, context);
  expect(results[2]).toEqual({ text: 'shop' });
});

it('answers several callers in the order in which they came, though one of them asks too much', async () => {
  const loops = bombs?.['loops in loops'] ?? '';
  const results = await Promise.allSettled([
    renderer.render(expression('1'), {}),
    renderer.render(loops, {}),
    renderer.render(expression('2'), {}),
    renderer.render({ text: loops }, {}),
    renderer.render(expression('3'), {}),
  ]);
  expect(results.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(results[1]).toMatchObject({ reason: { code: 'EXPRESSION_REFUSED' } });
  expect(results[4]).toMatchObject({ value: 3 });
});
