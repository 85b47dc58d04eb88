/** What is rendered here is what nunjucks renders, for whatever both allow. */
import fc from 'fast-check';
import nunjucks from 'nunjucks';
import { afterAll, expect, it } from 'vitest';
import { fuzzRuns } from '#model/fuzz-runs.test-helper.ts';
import { createRenderer } from './index.ts';

const renderer = createRenderer();
afterAll(() => renderer.close());

const tags = { variableStart: '${' + '{', variableEnd: '}}' };
const plain = new nunjucks.Environment([], { autoescape: false, tags });

const names = ['a', 'b', 'list', 'map', 'gone'];
const name = fc.constantFrom(...names);
const quoted = fc.stringMatching(/^[ a-zA-Z0-9.,:_-]{0,8}$/).map((text) => `"${text}"`);
const value = fc.oneof(
  name,
  quoted,
  fc.integer({ min: -99, max: 99 }).map((n) => `(${n})`),
  fc.constantFrom('true', 'false', 'none'),
);

const filters = [
  ...'dump string length upper title trim first last reverse sort list int float wordcount'.split(' '),
  ...'urlencode striptags indent abs round center(9) batch(2) sum capitalize nl2br truncate(3)'.split(' '),
  ...['default("x")', 'default("x", true)', 'join("-")', 'replace("a", "b")'],
];
const tests = ['defined', 'undefined', 'string', 'number', 'mapping', 'falsy', 'truthy', 'none'];

const joined = (...parts: (fc.Arbitrary<string> | string)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((all) => all.join(''));

/** Without what is meant differently: `not` in front of a comparison, and `~` beside `+`. */
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  const binary = fc.constantFrom('+', '-', '*', '/', '%', '<', '>', '==', '===', '!=');
  const product = fc.constantFrom(' * ', ' / ', ' % ');
  const sum = fc.constantFrom(' + ', ' - ');
  const found = joined(
    fc.constantFrom('list', 'map', 'a'),
    fc.constantFrom('[0]', '[1]', '.k', '["k"]', '.length', '[a]'),
  );
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      value,
      joined('(', inner, binary, inner, ')'),
      joined('((', inner, ') ', fc.constantFrom('and', 'or', '~'), ' (', inner, '))'),
      joined('(', value, product, value, product, value, ')'),
      joined('(', value, sum, value, sum, value, ')'),
      joined('(not (', inner, '))'),
      joined('(', inner, ' if ', inner, ' else ', inner, ')'),
      joined('((', inner, ') | ', fc.constantFrom(...filters), ')'),
      joined('((', inner, ') is ', fc.constantFrom(...tests), ')'),
      joined('((', inner, ') in ', fc.constantFrom('list', 'map', '"abc"'), ')'),
      joined('[', inner, ', ', inner, ']'),
      joined('{"k": ', inner, '}'),
      found,
    ),
  };
});

const output = expression.map((text) => `\${{ ${text} }}`);
const { body } = fc.letrec<{ body: string }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 3 },
    output,
    fc.constantFrom(' text ', '\n', '{# note #}', '{% raw %}{{ x }}{% endraw %}'),
    fc.tuple(tie('body'), tie('body')).map((parts) => parts.join('')),
    fc
      .tuple(expression, tie('body'), tie('body'))
      .map(([test, yes, no]) => `{% if ${test} %}${yes}{%- else %}${no}{% endif %}`),
    fc
      .tuple(fc.constantFrom('list', 'gone', '[1, 2]', '"xy"'), tie('body'))
      .map(
        ([items, inner]) =>
          `{% for b in ${items} %}\${{ loop.index }}\${{ b }}${inner}{% else %}no{% endfor %}`,
      ),
    tie('body').map(
      (inner) => `{% for k, v in map %}\${{ k }}\${{ v }}\${{ loop.last }}${inner}{% endfor %}`,
    ),
    fc.tuple(name, expression).map(([target, text]) => `{% set ${target} = ${text} %}`),
    fc.tuple(name, tie('body')).map(([target, inner]) => `{% set ${target} %}${inner}{% endset %}`),
    tie('body').map((inner) => `{% filter upper %}${inner}{% endfilter %}`),
    fc
      .tuple(tie('body'), expression)
      .map(
        ([inner, given]) =>
          `{% macro m(a, b="d") %}${inner}\${{ a }}\${{ b }}{% endmacro %}\${{ m(${given}) }}`,
      ),
    fc
      .tuple(expression, tie('body'))
      .map(
        ([test, inner]) =>
          `{% switch ${test} %}{% case 1 %}one{% case "a" %}${inner}{% default %}else{% endswitch %}`,
      ),
  ),
}));

const context = fc.record({
  a: fc.oneof(fc.string({ maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant(null)),
  b: fc.constantFrom('', 'Some text', 7, 0),
  list: fc.array(fc.oneof(fc.integer(), fc.string({ maxLength: 3 }), fc.record({ k: fc.integer() })), {
    maxLength: 4,
  }),
  map: fc.dictionary(
    fc.constantFrom('k', 'z', 'length'),
    fc.oneof(fc.integer(), fc.string({ maxLength: 3 })),
    {
      maxKeys: 3,
      noNullPrototype: true,
    },
  ),
});

it('renders as nunjucks does, or both refuse', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: 8, maxLength: 8 }), context, async (bodies, given) => {
      const results = await renderer.renderTexts(bodies, given);
      for (const [index, text] of bodies.entries()) {
        const result = results[index];
        expect({ text, result: result && 'text' in result ? result.text : 'refused' }).toEqual({
          text,
          result: inNunjucks(text, structuredClone(given)),
        });
      }
    }),
    { numRuns: fuzzRuns(60) },
  );
});

function inNunjucks(text: string, given: object): string {
  try {
    return plain.renderString(text, given);
  } catch {
    return 'refused';
  }
}

it('never ends otherwise than with a text or a reason, whatever it is given', async () => {
  const piece = fc.constantFrom(
    '${' + '{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    ' if ',
    ' for ',
    ' in ',
    ' | ',
    '(',
    ')',
    '[',
    ']',
    '"',
    "'",
    '.',
    ',',
    '=',
    ' set ',
    'x',
    '1',
    '-',
    '~',
    'r/',
    '/',
    '\\',
    ' endif ',
    ' macro ',
    ' raw ',
    '\u2028',
    '`',
    '&&',
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(piece, { maxLength: 30 }), { minLength: 8, maxLength: 8 }),
      async (texts) => {
        const results = await renderer.renderTexts(
          texts.map((parts) => parts.join('')),
          { x: 1 },
        );
        expect(results.every((result) => 'text' in result || result.error.length > 0)).toBe(true);
      },
    ),
    { numRuns: fuzzRuns(60) },
  );
});
