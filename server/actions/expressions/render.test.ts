import { afterAll, describe, expect, it } from 'vitest';
import { createRenderer, type RenderProblem } from './index.ts';

const renderer = createRenderer({ now: () => new Date('2026-03-01T12:00:00Z') });
afterAll(() => renderer.close());

/** An expression as a step has it. */
const e = (expression: string) => `\${{ ${expression} }}`;

const context = {
  parameters: {
    name: 'shop',
    count: 3,
    nothing: null,
    empty: '',
    list: ['a', 'b'],
    off: false,
    nested: { 'with-dash': { deep: [1, { x: true }] } },
    repo: 'github.com?owner=acme&repo=shop',
    constructor: 'a name as any other',
  },
  steps: {
    'my-step': { output: { files: [{ path: 'a' }, { path: 'b' }] } },
    plain: { output: { url: 'https://x' } },
  },
  user: { ref: 'user:default/ada', entity: { metadata: { name: 'ada' } } },
  secrets: { token: 's3cret' },
  each: { key: '0', value: { region: 'eu' } },
  context: { task: { id: 'run-1' } },
  environment: { parameters: { stage: 'dev' } },
};
const render = (value: unknown) => renderer.render(value, context);

describe('the value of a text', () => {
  it.each<[string, unknown]>([
    [e('parameters.name'), 'shop'],
    [e('parameters.count'), 3],
    [e('parameters.off'), false],
    [e('parameters.nothing'), null],
    [e('parameters.empty'), ''],
    [e('parameters.list'), ['a', 'b']],
    [e('parameters.nested["with-dash"]'), { deep: [1, { x: true }] }],
    [e('parameters.count + 1'), 4],
    [e('parameters.count > 2'), true],
    [e('[parameters.name, 1]'), ['shop', 1]],
    [e('{"a": parameters.count}'), { a: 3 }],
    [e('parameters.missing'), undefined],
    [e('parameters.missing.deeper'), undefined],
    [e('steps["my-step"].output.files'), [{ path: 'a' }, { path: 'b' }]],
    [e('steps.plain.output.url'), 'https://x'],
    [e('user.ref'), 'user:default/ada'],
    [e('secrets.token'), 's3cret'],
    [e('each.value.region ~ "-" ~ each.key'), 'eu-0'],
    [e('context.task.id'), 'run-1'],
    [e('environment.parameters.stage'), 'dev'],
    [e('parameters.constructor'), 'a name as any other'],
    [`a ${e('parameters.list')} b`, 'a a,b b'],
    [`${e('parameters.count')}${e('parameters.count')}`, '33'],
    [`${e('parameters.count')}\n`, '3\n'],
    [`x${e('parameters.nothing')}${e('parameters.missing')}y`, 'xy'],
    [`{% if parameters.off %}x{% endif %}`, undefined],
    [`{% for item in parameters.list %}${e('loop.index')}${e('item')}{% endfor %}`, '1a2b'],
    ['nothing to render, not even $ { { }', 'nothing to render, not even $ { { }'],
    ['', ''],
  ])('%j is %j', async (text, value) => {
    expect(await render({ text })).toEqual(value === undefined ? {} : { text: value });
  });

  it('is found wherever the text stands; keys and all else stay as they are', async () => {
    const value = {
      [e('parameters.name')]: [e('parameters.count'), { deep: e('parameters.off') }, 1, null, true],
      gone: e('parameters.missing'),
      list: ['x', e('parameters.missing'), 'y'],
    };
    expect(await render(value)).toEqual({
      [e('parameters.name')]: [3, { deep: false }, 1, null, true],
      list: ['x', 'y'],
    });
  });

  it('is the text itself where it can’t be rendered, and that is told', async () => {
    const value = {
      ok: e('parameters.name'),
      a: [e('a || b')],
      b: e('parameters.name | nope'),
      c: '{% if %}',
    };
    const problems: RenderProblem[] = [];
    const rendered = await renderer.render(value, context, {
      onProblem: (problem) => problems.push(problem),
    });
    expect(rendered).toEqual({ ...value, ok: 'shop' });
    expect(problems.map(({ path }) => path)).toEqual(['a.0', 'b', 'c']);
    expect(problems[0]?.message).toMatch(/line 1, column \d+: expected symbol, got pipe/);
    expect(problems[1]?.message).toBe('filter not found: nope');
  });
});

const filters: [string, unknown][] = [
  ['parameters.repo | parseRepoUrl', { host: 'github.com', owner: 'acme', repo: 'shop' }],
  ['(parameters.repo | parseRepoUrl).owner', 'acme'],
  ['(parameters.repo | parseRepoUrl)["repo"]', 'shop'],
  ['parameters.repo | parseRepoUrl | pick("owner")', 'acme'],
  ['"gitlab.com?owner=a%2Fb&repo=c&project=d" | parseRepoUrl | pick("owner")', 'a/b'],
  [
    '"dev.azure.com?organization=o&project=p&repo=r" | parseRepoUrl',
    { host: 'dev.azure.com', organization: 'o', project: 'p', repo: 'r' },
  ],
  [
    '"bitbucket.org?workspace=w&project=p&repo=r" | parseRepoUrl',
    { host: 'bitbucket.org', workspace: 'w', project: 'p', repo: 'r' },
  ],
  ['parameters.repo | projectSlug', 'acme/shop'],
  ['"component:pay/Shop" | parseEntityRef', { kind: 'component', namespace: 'pay', name: 'Shop' }],
  [
    '"shop" | parseEntityRef({defaultKind: "api", defaultNamespace: "pay"})',
    { kind: 'api', namespace: 'pay', name: 'shop' },
  ],
  ['parameters.nested | pick("with-dash.deep")', [1, { x: true }]],
  ['parameters.nested | dump', '{"with-dash":{"deep":[1,{"x":true}]}}'],
  ['parameters.list | jsonify', '["a","b"]'],
  ['parameters.list | dump(2)', '[\n  "a",\n  "b"\n]'],
  ['"Ab C" | lower', 'ab c'],
  ['"Ab C" | upper', 'AB C'],
  ['"ab c" | title', 'Ab C'],
  ['"ab c" | capitalize', 'Ab c'],
  ['"a b" | replace(" ", "-")', 'a-b'],
  ['"a1b22" | replace(r/[0-9]+/g, "#")', 'a#b#'],
  ['"  a " | trim', 'a'],
  ['parameters.missing | default("x")', 'x'],
  ['parameters.empty | default("x", true)', 'x'],
  ['parameters.list | join(", ")', 'a, b'],
  ['steps["my-step"].output.files | join(",", "path")', 'a,b'],
  ['parameters.list | length', 2],
  ['parameters.nested | length', 1],
  ['"<b>" | safe', '<b>'],
  ['"<b>" | escape', '&lt;b&gt;'],
  ['5 | string', '5'],
  ['"5" | int + 1', 6],
  ['[3, 1, 2] | sort', [1, 2, 3]],
  ['[{a: 2}, {a: 1}] | sort(attribute="a")', [{ a: 1 }, { a: 2 }]],
  ['[{a: true, n: 1}, {a: false}] | selectattr("a")', [{ a: true, n: 1 }]],
  ['[{a: true}, {a: false}] | rejectattr("a")', [{ a: false }]],
  ['[{t: "x", n: 1}, {t: "y", n: 2}] | groupby("t")', { x: [{ t: 'x', n: 1 }], y: [{ t: 'y', n: 2 }] }],
  ['[1, 2, 3] | sum', 6],
  ['[{n: 1}, {n: 2}] | sum("n")', 3],
  ['[1, 2, 3, 4] | select("even")', [2, 4]],
  ['[1, 2, 3] | batch(2)', [[1, 2], [3]]],
  ['"abc" | list', ['a', 'b', 'c']],
  ['[1, 2] | first', 1],
  ['[1, 2] | reverse | first', 2],
  ['"a b" | urlencode', 'a%20b'],
  ['"" | now', '2026-03-01T12:00:00.000Z'],
  ['"someService Name" | kebabCase', 'some-service-name'],
];

describe('filters', () => {
  it.each(filters)('%s', async (expression, value) => {
    expect(await render(e(expression))).toEqual(value);
  });

  it.each([
    'parameters.name | parseRepoUrl',
    '5 | parseRepoUrl',
    '"shop" | parseEntityRef',
    'range | length',
  ])('%s is a problem', async (expression) => {
    expect(await render(e(expression))).toBe(e(expression));
  });
});

describe('operators, tests and methods', () => {
  it.each<[string, unknown]>([
    ['1 + 2 * 3 - 4', 3],
    ['12 / 4 * 3', 9],
    ['7 // 2', 3],
    ['7 % 4', 3],
    ['2 ** 3', 8],
    ['-parameters.count', -3],
    ['"a" + 1', 'a1'],
    ['parameters.name == "shop" and parameters.count === 3', true],
    ['parameters.count == "3"', true],
    ['parameters.nothing == parameters.missing', true],
    ['parameters.count !== "3"', true],
    ['not parameters.name == "other"', true],
    ['not parameters.off', true],
    ['parameters.missing or "otherwise"', 'otherwise'],
    ['"x" if parameters.off else "y"', 'y'],
    ['"x" if parameters.off', ''],
    ['"a" in parameters.list', true],
    ['"z" not in parameters.list', true],
    ['"name" in parameters', true],
    ['"toString" in parameters', false],
    ['"ho" in parameters.name', true],
    ['parameters.name is defined', true],
    ['parameters.missing is not defined', true],
    ['parameters.name is string', true],
    ['parameters.nothing is none', true],
    ['4 is divisibleby(2)', true],
    ['parameters.nested is mapping', true],
    ['parameters.list is iterable', true],
    ['"  a,b ".trim().split(",")', ['a', 'b']],
    ['parameters.name.toUpperCase().replace("S", "s").length', 4],
    ['"a,b".replaceAll(",", "-").includes("-")', true],
    ['parameters.list.includes("b")', true],
    ['parameters.list[1]', 'b'],
    ['parameters.list.length', 2],
    ['parameters.name[0]', 's'],
    ['range(1, 7, 2)', [1, 3, 5]],
    ['range(3)', [0, 1, 2]],
  ])('%s', async (expression, value) => {
    expect(await render(e(expression))).toEqual(value);
  });
});

describe('statements', () => {
  it.each([
    [`{% set x = 1 %}{% for i in range(3) %}{% set x = x + i %}{% endfor %}${e('x')}`, '4'],
    [`{% for k, v in {a: 1, b: 2} %}${e('k')}=${e('v')};{% endfor %}`, 'a=1;b=2;'],
    [`{% for a, b in [[1, 2], [3, 4]] %}${e('a * b')},{% endfor %}`, '2,12,'],
    ['{% for x in [] %}x{% else %}none{% endfor %}', 'none'],
    ['{% for x in parameters.missing %}x{% else %}none{% endfor %}', 'none'],
    ['{% if parameters.off %}a{% elif parameters.count %}b{% else %}c{% endif %}', 'b'],
    [
      `{% macro greet(name, mark="!") %}hi ${e('name')}${e('mark')}{% endmacro %}${e('greet("ada")')}`,
      'hi ada!',
    ],
    [
      `{% macro box() %}[${e('caller()')}]{% endmacro %}{% call box() %}in ${e('parameters.name')}{% endcall %}`,
      '[in shop]',
    ],
    ['{% filter upper %}a b{% endfilter %}', 'A B'],
    [`{% set block %}<${e('parameters.name')}>{% endset %}${e('block')}`, '<shop>'],
    ['{% switch parameters.name %}{% case "a" %}1{% case "shop" %}2{% default %}3{% endswitch %}', '2'],
    ['{% raw %}{{ kept }} {% if %}{% endraw %}', '{{ kept }} {% if %}'],
    ['a{# nothing #}b', 'ab'],
    ['a  {%- if true -%}  b  {%- endif -%}  c', 'abc'],
    [`{% set c = cycler("x", "y") %}${e('c.next()')}${e('c.next()')}${e('c.next()')}`, 'xyx'],
    [`{% set comma = joiner("|") %}{% for x in [1, 2] %}${e('comma()')}${e('x')}{% endfor %}`, '1|2'],
  ])('%s', async (text, value) => {
    expect(await render(`:${text}`)).toBe(`:${value}`);
  });
});

describe('Cookiecutter’s dialect', () => {
  it.each([
    // The dollar is a dollar here.
    [`{{ cookiecutter.name }} ${e('cookiecutter.name')}`, 'shop $shop'],
    ['{{ cookiecutter.name.upper().replace("S", "Z") }}', 'ZHOP'],
    ['{{ cookiecutter.list[1:] | join(",") }}{{ cookiecutter.list[-1:] | length }}', 'b,c1'],
    ['{{ cookiecutter.map.get("x", "y") }}{{ cookiecutter.map.get("a") }}', 'y1'],
    ['{% for key, value in cookiecutter.map.items() %}{{ key }}{{ value }}{% endfor %}', 'a1'],
    ['{{ cookiecutter.map | jsonify }}', '{"a":1}'],
    ['{% if True and not False %}yes{% endif %}{{ None }}', 'yes'],
  ])('%s', async (text, value) => {
    const given = { cookiecutter: { name: 'shop', list: ['a', 'b', 'c'], map: { a: 1 } } };
    expect(await renderer.renderTexts([text], given, { cookiecutter: true })).toEqual([{ text: value }]);
  });

  it('removes line breaks and spaces around blocks where it is asked to', async () => {
    const text = 'a\n  {% if true %}\nb\n  {% endif %}\nc';
    const texts = await renderer.renderTexts([text], {}, { trimBlocks: true, lstripBlocks: true });
    expect(texts).toEqual([{ text: 'a\nb\nc' }]);
    expect(await renderer.renderTexts([text], {})).toEqual([{ text: 'a\n  \nb\n  \nc' }]);
  });
});

it('tells of each text whether it can be read, without rendering it', async () => {
  expect(await renderer.check([e('a'), e('a ||'), '{% for %}', 'plain'])).toEqual([
    null,
    expect.stringContaining('line 1'),
    expect.stringContaining('line 1'),
    null,
  ]);
});
