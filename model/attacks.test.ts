/** Descriptors that are made to harm whoever reads them. What they would cost without bounds exceeds any test's time. */
import { describe, expect, it } from 'vitest';
import { mostDocuments, readDescriptors } from './descriptor.ts';
import { createKindRegistry } from './kind-registry.ts';
import { substitutePlaceholders } from './placeholders.ts';
import { within } from './time-limit.ts';
import { validateEntity } from './validate.ts';
import { parseTolerant } from './yaml-tolerant.ts';

const head = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\nspec:\n';
const names = 'abcdefghi';

/** Each list holds the one before nine times. */
const laughs = [...names]
  .map((name, index) => {
    const item = index === 0 ? 'x' : `*${names[index - 1]}`;
    return `${name}: &${name} [${Array(9).fill(item).join(', ')}]\n`;
  })
  .join('');
const mergeKeys = Array.from({ length: 20_000 }, (_, index) => `k${index}: v`).join(', ');
const merges = `a: &a { ${mergeKeys} }\n${Array.from({ length: 900 }, (_, index) => `b${index}: { <<: *a }\n`).join('')}`;

const bombs: [string, string][] = [
  ['aliases that multiply', laughs],
  ['an alias of itself', 'a: &a\n  b: *a\n'],
  ['merges that multiply', merges],
  [
    'merges of merges',
    Array.from(
      { length: 300 },
      (_, n) => `a${n}: &a${n} {${n ? `<<: [*a${n - 1}, *a${n - 1}], ` : ''}k${n}: v}\n`,
    ).join(''),
  ],
  ['lists in lists', `${head}  a: ${'['.repeat(500_000)}`],
  ['lists in lists, closed', `${head}  a: ${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['maps in maps', `${head}  a: ${'{a: '.repeat(200_000)}`],
  [
    'blocks in blocks',
    `${head}${Array.from({ length: 1500 }, (_, depth) => `${' '.repeat(depth + 2)}a:\n`).join('')}`,
  ],
  ['dashes on one line', `${head}  a:\n    ${'- '.repeat(200_000)}x`],
  ['question marks', '? '.repeat(200_000)],
  ['a quote that never ends', `${head}  a: "${'x'.repeat(1_500_000)}`],
  ['what only the slow parser takes on, and never ends', `${head}  a: ${'"a" '.repeat(100_000)}`],
  ['anchors without end', `${head}  a: ${'&a '.repeat(100_000)}`],
  ['brackets without end', `${head}  a: b: ${'[a'.repeat(100_000)}`],
  ['a file that is too long', 'x'.repeat(10 * 1024 * 1024 + 1)],
];

describe('a YAML bomb', () => {
  it.each(bombs)('is a problem with a place: %s', (_what, text) => {
    const [document] = readDescriptors(text);
    expect(document?.value).toBeUndefined();
    expect(document?.problems[0]).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/./),
      line: expect.any(Number),
      column: expect.any(Number),
    });
  });

  it('takes no other document of its file down', () => {
    const good = `${head}  type: service\n`;
    const documents = readDescriptors(`${good}---\n${laughs}---\n${merges}---\n${good}`);
    expect(documents.map(({ value }) => value !== undefined)).toEqual([true, false, false, true]);
  });

  it('is stopped by its number of documents', () => {
    for (const document of ['---\n', '--- a\n', '%a\n---\n']) {
      const documents = readDescriptors(document.repeat(mostDocuments * 3));
      expect(documents).toHaveLength(mostDocuments + 1);
      expect(documents.at(-1)?.problems[0]).toMatchObject({
        level: 'error',
        message: expect.stringContaining(String(mostDocuments)),
        line: expect.any(Number),
      });
    }
  });

  it('shares the patience of its file among all documents', () => {
    const slow = `a: ${'"a" '.repeat(30_000)}\n`;
    const documents = readDescriptors(Array(60).fill(slow).join('---\n'));
    expect(documents).toHaveLength(60);
    expect(documents.every(({ problems }) => problems[0]?.level === 'error')).toBe(true);
  });

  it('gives the slow parser no more than its time', () => {
    expect(parseTolerant(`a: ${'&a '.repeat(300_000)}`, 1, 50)).toEqual([]);
  });

  it('with huge texts and many keys is read as what it says', () => {
    const [long] = readDescriptors(`${head}  text: ${'x '.repeat(2_000_000)}\n`);
    expect(long?.problems).toEqual([]);
    const [wide] = readDescriptors(
      `${head}${Array.from({ length: 50_000 }, (_, n) => `  k${n}: v\n`).join('')}`,
    );
    expect(Object.keys(wide?.value?.spec ?? {})).toHaveLength(50_000);
  });
});

describe('keys that would reach into prototypes', () => {
  it.each([
    `${head}  __proto__: { polluted: true }\n`,
    `${head}  constructor: { prototype: { polluted: true } }\n`,
    '__proto__: { polluted: true }\napiVersion: a/v1\nkind: Component\nmetadata: { name: a }\n',
    'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\n  labels: { __proto__: polluted }\n  annotations: { __proto__: { polluted: x } }\nspec: {}\n',
    'x: &x { __proto__: { polluted: true } }\napiVersion: a/v1\nkind: Component\nmetadata: { name: a, <<: *x }\n',
    `${head}  a: b: broken\n  __proto__: { polluted: true }\n`,
  ])('change nothing but their own entity (%#)', async (text) => {
    for (const { value } of readDescriptors(text)) {
      if (!value) continue;
      const { entity } = await substitutePlaceholders(value, async () => '{"__proto__": {"polluted": true}}');
      validateEntity(entity, createKindRegistry());
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('are refused in an entity', () => {
    const [document] = readDescriptors(`${head}  __proto__: { polluted: true }\n`);
    const { entity, problems } = validateEntity(document?.value, createKindRegistry());
    expect(entity).toBeUndefined();
    expect(problems.map(({ message }) => message).join()).toContain('__proto__');
  });

  it('are refused in what a placeholder brings in', async () => {
    const found = { spec: { a: { $yaml: './a.yaml' }, b: { $json: './b.json' } } };
    const { entity } = await substitutePlaceholders(found, async (kind) =>
      kind === 'json' ? '{"__proto__": {"polluted": true}}' : '__proto__: { polluted: true }',
    );
    expect((entity.spec.a as { polluted?: boolean }).polluted).toBeUndefined();
    expect((entity.spec.b as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a pattern of a custom kind', () => {
  const kinds = (pattern: object) =>
    createKindRegistry([
      {
        kind: 'Data',
        plural: 'Data',
        apiVersions: ['example.com/v1'],
        relations: [],
        spec: { type: 'object', ...pattern },
      },
    ]);
  const data = (spec: object) => ({
    apiVersion: 'example.com/v1',
    kind: 'Data',
    metadata: { name: 'a' },
    spec,
  });

  it.each([
    [{ properties: { id: { pattern: '^(a+)+$' } } }, { id: `${'a'.repeat(60)}!` }],
    [{ properties: { id: { pattern: '^(a|aa)+$' } } }, { id: `${'a'.repeat(100)}!` }],
    [{ properties: { id: { pattern: '(.*a){25}' } } }, { id: 'a'.repeat(24) + 'b'.repeat(100) }],
    [{ patternProperties: { '^(a+)+$': {} } }, { [`${'a'.repeat(60)}!`]: 1 }],
  ])('that takes for ever on a text is given up: %j', (schema, spec) => {
    const { entity, problems } = validateEntity(data(spec), kinds(schema));
    expect(entity).toBeUndefined();
    expect(problems).toMatchObject([
      { level: 'error', message: expect.stringContaining('takes longer'), field: 'spec' },
    ]);
  });

  it('is still held to', () => {
    const schema = { properties: { id: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' } } };
    expect(validateEntity(data({ id: 'a-good-id' }), kinds(schema)).problems).toEqual([]);
    expect(validateEntity(data({ id: 'Not-Good' }), kinds(schema)).problems).toMatchObject([
      { field: 'spec.id' },
    ]);
  });
});

describe('within', () => {
  it('gives what the work gives, and throws what it throws', () => {
    expect(within(1000, () => 7)).toBe(7);
    expect(() => within(1000, () => JSON.parse('{'))).toThrow(SyntaxError);
  });

  it('ends work that does not end, also within another', () => {
    const endless = () => {
      for (;;);
    };
    expect(() => within(20, endless)).toThrow('takes longer than 0.02 seconds');
    const inner = within(5000, () => {
      try {
        return within(20, endless);
      } catch (error) {
        return error;
      }
    });
    expect(inner).toMatchObject({ name: 'TooSlow' });
  });
});
