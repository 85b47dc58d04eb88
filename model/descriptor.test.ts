import { describe, expect, it } from 'vitest';
import { longestDescriptor, readDescriptors, withLines } from './descriptor.ts';
import { createKindRegistry } from './kind-registry.ts';
import { refOf } from './ref.ts';
import { deriveRelations } from './relations.ts';
import { validateEntity } from './validate.ts';

const kinds = createKindRegistry();
const head = 'apiVersion: backstage.io/v1alpha1\n';
const shop = `# the shop
${head}kind: Component
metadata:
  name: shop
  labels:
    example.com/tier: one
spec:
  type: service
  lifecycle: production
  owner: team-a
  system: retail
  providesApis:
    - shop-api
---
${head}kind: API
metadata: { name: shop-api }
spec: { type: openapi, lifecycle: production, owner: team-a, definition: "{}" }
---
${head}kind: System
metadata: { name: retail }
spec: { owner: team-a }
`;

describe('readDescriptors', () => {
  it('reads several documents, whose relations meet at both ends', () => {
    const documents = readDescriptors(shop);
    const entities = documents.map(({ value }) => validateEntity(value, kinds).entity);
    expect(entities.map((entity) => entity && refOf(entity))).toEqual([
      'component:default/shop',
      'api:default/shop-api',
      'system:default/retail',
    ]);
    expect(entities[0] && deriveRelations(entities[0], kinds).relations).toEqual([
      { type: 'ownedBy', targetRef: 'group:default/team-a', reverse: 'ownerOf' },
      { type: 'partOf', targetRef: 'system:default/retail', reverse: 'hasPart' },
      { type: 'providesApi', targetRef: 'api:default/shop-api', reverse: 'apiProvidedBy' },
    ]);
  });

  it('knows the line of each field', () => {
    const [component, api] = readDescriptors(shop);
    expect(component?.line).toBe(2);
    expect(component?.lines).toMatchObject({
      kind: 3,
      'metadata.name': 5,
      'metadata.labels.example.com/tier': 7,
      'spec.owner': 11,
      'spec.providesApis.0': 14,
    });
    expect(api?.lines['spec.definition']).toBe(19);
    expect(readDescriptors(`\uFEFF${shop.replaceAll('\n', '\r\n')}`)[1]).toEqual(api);
  });

  it('gives problems the line of their field, or of the nearest above it', () => {
    const [document] = readDescriptors(`\n${head}kind: Component\nmetadata:\n  name: x y\n`);
    if (!document) throw new Error('no document');
    const problems = withLines(validateEntity(document.value, kinds).problems, document);
    expect(problems.map(({ field, line }) => [field, line])).toEqual([
      ['metadata.name', 5],
      ['spec', 2],
    ]);
  });
});

describe('readDescriptors of bad input', () => {
  it('loses no document but the bad one', () => {
    const documents = readDescriptors(`${shop}---\nkind: "Component\n  x: [\n---\n${shop}`);
    expect(documents.map(({ value }) => value !== undefined)).toEqual([
      true,
      true,
      true,
      false,
      true,
      true,
      true,
    ]);
    expect(documents[3]?.problems[0]).toMatchObject({ level: 'error' });
    expect(documents[3]?.problems[0]?.line).toBeGreaterThanOrEqual(25);
    expect(documents[3]?.problems[0]?.line).toBeLessThan(29);
    expect(documents[4]?.line).toBe(30);
  });

  it.each([
    ['a tab', `${head}kind: X\nmetadata:\n\tname: a\n`, /spaces/],
    ['a key twice', `${head}kind: X\nkind: Y\n`, /same name/],
    ['an unclosed quote', `${head}kind: "X\n`, /quote/],
    ['a backtick', `${head}kind: \`X\`\n`, /quotes/],
    ['an unknown alias', `${head}kind: *x\n`, /quotes|alias/],
  ])('says what is wrong with %s, and where', (_title, text, remedy) => {
    const [document] = readDescriptors(text);
    expect(document?.value).toBeUndefined();
    expect(document?.problems[0]?.remedy).toMatch(remedy);
    expect(document?.problems[0]?.line).toBeGreaterThan(1);
    expect(document?.problems[0]?.column).toBeGreaterThan(0);
  });

  it('refuses aliases that multiply', () => {
    const levels = 'bcdefghi'.split('').map((key, index) => {
      const below = `*${'abcdefgh'[index]}`;
      return `${key}: &${key} [${Array(9).fill(below).join(', ')}]`;
    });
    const [document] = readDescriptors(`kind: X\na: &a [x, x]\n${levels.join('\n')}\n`);
    expect(document?.value).toBeUndefined();
    expect(document?.problems[0]).toMatchObject({ level: 'error', remedy: expect.stringMatching(/aliases/) });
  });

  it('copies what a few aliases share, and merges', () => {
    const [document] = readDescriptors(`${head}kind: X\nbase: &b { a: 1 }\nmore: { <<: *b, c: *b }\n`);
    expect(document?.value).toMatchObject({ more: { a: 1, c: { a: 1 } } });
  });

  it('refuses what is too long or too deep', () => {
    expect(readDescriptors('a'.repeat(longestDescriptor + 1))[0]?.problems[0]?.message).toMatch(/too long/);
    expect(readDescriptors(`kind: ${'['.repeat(100_000)}`)[0]?.problems).toHaveLength(1);
  });
});

describe('readDescriptors of other files', () => {
  it.each([
    ['nothing', '', []],
    ['a comment', '# nothing\n', []],
    ['an empty document', `${head}---\n---\n`, [undefined, 'empty', 'empty']],
    ['a null', '---\nnull\n', ['empty']],
    ['a list', '- a\n', ['not-an-entity']],
    ['another file of that name', 'agents:\n  queue: x\n', ['not-an-entity']],
    ['a skeleton', `${head}kind: \${{ values.kind }}\n`, ['template']],
    ['a skeleton that is no YAML', `${head}{% if values.x %}\nkind: X\n{% endif %}\n`, ['template']],
    ['a cookiecutter skeleton', `${head}metadata:\n  name: {{ cookiecutter.name }}\n`, ['template']],
    ['an expression in a comment', `${head}kind: X # \${{ values.kind }}\n`, [undefined]],
    ['a template', `${head}kind: Template\nspec: { a: "\${{ x }}" }\n`, [undefined]],
    ['a definition with an expression', `${head}kind: API\nspec: { definition: "\${{ x }}" }\n`, [undefined]],
  ])('skips what is no entity: %s', (_title, text, skipped) => {
    expect(readDescriptors(text).map((document) => document.skipped)).toEqual(skipped);
  });
});
