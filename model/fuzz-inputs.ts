/** Ways to spoil a descriptor. Used by the fuzz test only. */
import fc from 'fast-check';

export const seed = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  annotations:
    example.com/port: "8080"
    quoted: 'it''s'
  tags: [java, go]
  links:
    - url: https://example.com
      title: Docs
spec:
  type: service
  lifecycle: production
  owner: team-a
  dependsOn:
    - resource:db
  text: |
    some text
    and more
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: &m { name: shop-api, description: "a: \\u00e9" }
spec: { type: openapi, lifecycle: production, owner: user:default/jo, definition: >-
  folded, x: *m }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: team-a }
spec: { type: team, children: [] }
`;

const place = fc.nat({ max: seed.length });
const snippet = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '\t',
    ' ',
    '  ',
    '\n',
    '\r',
    '\0',
    ':',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&a ',
    '*a',
    '!x ',
  ),
  fc.constantFrom(
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '|',
    '>',
    '<<: ',
    '? ',
    '#',
    `$\{{ x }}`,
    '{% x %}',
    '\uFEFF',
    '\uD800',
  ),
);
export const textMutation = fc.oneof(
  place.map((at) => (text: string) => text.slice(0, at)),
  fc.tuple(place, snippet).map(
    ([at, piece]) =>
      (text: string) =>
        text.slice(0, at) + piece + text.slice(at),
  ),
  fc.tuple(place, place).map(
    ([a, b]) =>
      (text: string) =>
        text.slice(0, Math.min(a, b)) + text.slice(Math.max(a, b)),
  ),
  fc.tuple(place, place).map(
    ([a, b]) =>
      (text: string) =>
        text + text.slice(Math.min(a, b), Math.max(a, b)),
  ),
  fc.tuple(place, snippet).map(
    ([at, piece]) =>
      (text: string) =>
        text.slice(0, at) + piece + text.slice(at + 1),
  ),
  fc.tuple(fc.nat({ max: 30 }), fc.constantFrom(' ', '   ', '\t')).map(
    ([row, indent]) =>
      (text: string) =>
        text
          .split('\n')
          .map((line, index) => (index === row ? indent + line : line))
          .join('\n'),
  ),
);

const oddValue = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true, maxDepth: 3 }),
  fc.constantFrom(
    '',
    'x'.repeat(10_000),
    '😀'.repeat(80),
    '\uD800',
    '__proto__',
    -0,
    Number.NaN,
    [[]],
    [null],
  ),
);
const oddKey = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', '', 'a/b/c', 'Name', 'x'.repeat(300), '$text'),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const paths = [
  ['apiVersion'],
  ['kind'],
  ['metadata'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
  ['metadata', 'labels'],
  ['metadata', 'annotations'],
  ['metadata', 'tags'],
  ['metadata', 'links'],
  ['spec'],
  ['spec', 'type'],
  ['spec', 'owner'],
  ['spec', 'dependsOn'],
  ['spec', 'profile'],
];
export const valueMutation = fc.record({
  path: fc.constantFrom(...paths),
  value: oddValue,
  key: fc.option(oddKey, { freq: 2, nil: undefined }),
});
