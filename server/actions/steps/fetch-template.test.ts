import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { fetchTemplate } from './fetch-template.ts';
import {
  type Files,
  isExecutable,
  makeExecutable,
  removeFolders,
  runStep,
  testRenderer,
  treeOf,
} from './step.test-helper.ts';

afterEach(removeFolders);
afterAll(() => testRenderer().close());

const e = (expression: string) => `\${{ ${expression} }}`;

async function render(skeleton: Files, input: Record<string, unknown>, files: Files = {}) {
  const below = Object.entries(skeleton).map(([path, content]) => [`src/${path}`, content]);
  const tree = treeOf(Object.fromEntries(below));
  const action = fetchTemplate({ fetchTree: tree.fetchTree, renderer: testRenderer() });
  return runStep(action, { url: 'src', ...input }, { files });
}

describe('a skeleton', () => {
  it('is rendered in names and contents, with its values only', async () => {
    const { files } = await render(
      {
        [`${e('values.name')}/${e('values.name')}.ts`]: `export const name = '${e('values.name')}';\n`,
        'README.md': `# ${e('values.name | title')}{% if values.docs %}\ndocs{% endif %}\n`,
        'other.txt': `${e('parameters.name')}${e('cookiecutter.name')}|{{ kept }}`,
      },
      { values: { name: 'shop', docs: true }, targetPath: 'out' },
    );
    expect(files).toEqual({
      'out/README.md': '# Shop\ndocs\n',
      'out/other.txt': '|{{ kept }}',
      'out/shop/shop.ts': "export const name = 'shop';\n",
    });
  });

  it('loses what has no name: files, folders and all in them', async () => {
    const when = (name: string) => `${e(`'${name}' if values.docs else ''`)}`;
    const skeleton = {
      [when('mkdocs.yml')]: 'site',
      [`${when('docs')}/index.md`]: 'page',
      [`deep/${when('docs')}/index.md`]: 'page',
      [`deep/${when('x.md')}`]: 'file',
      'kept.md': 'kept',
    };
    expect((await render(skeleton, { values: { docs: false } })).files).toEqual({
      'deep/': '',
      'kept.md': 'kept',
    });
    expect(Object.keys((await render(skeleton, { values: { docs: true } })).files)).toEqual([
      'deep/docs/index.md',
      'deep/x.md',
      'docs/index.md',
      'kept.md',
      'mkdocs.yml',
    ]);
  });

  it('keeps binaries, modes, empty folders and links', async () => {
    const binary = Buffer.concat([Buffer.from(e('values.name')), Buffer.from([0])]);
    const latin = Buffer.from([0xe4, 0x24, 0x7b]);
    const tree = treeOf({
      'src/run.sh': e('values.name'),
      'src/logo.png': binary,
      'src/latin.txt': latin,
      'src/empty/': '',
      'src/link': `-> ${e('values.name')}`,
      'src/away': '-> /etc/passwd',
    });
    makeExecutable(tree.folder, 'src/run.sh');
    const action = fetchTemplate({ fetchTree: tree.fetchTree, renderer: testRenderer() });
    const { files, workspace, log } = await runStep(action, { url: 'src', values: { name: 'shop' } });
    expect(files).toEqual({
      'empty/': '',
      'latin.txt': latin.toString(),
      link: `-> ${e('values.name')}`,
      'logo.png': binary.toString(),
      'run.sh': 'shop',
    });
    expect([isExecutable(workspace, 'run.sh'), isExecutable(workspace, 'latin.txt')]).toEqual([true, false]);
    expect(log).toEqual(['warning: away is left out: it is a link that leads out of the workspace']);
  });
});

describe('a skeleton with options', () => {
  it('leaves what is there already, unless it is to replace it', async () => {
    const skeleton = { 'a.txt': e('values.x'), 'b.txt': e('values.x') };
    const there = { 'a.txt': 'old' };
    expect((await render(skeleton, { values: { x: 'new' } }, there)).files).toEqual({
      'a.txt': 'old',
      'b.txt': 'new',
    });
    expect((await render(skeleton, { values: { x: 'new' }, replace: true }, there)).files).toEqual({
      'a.txt': 'new',
      'b.txt': 'new',
    });
  });

  it('is copied in parts without being rendered; names are rendered all the same', async () => {
    const skeleton = {
      [`raw/${e('values.x')}.txt`]: e('values.x'),
      'charts/templates/a.yaml': '{{ .Values.x }} {% broken',
      'b.txt': e('values.x'),
    };
    const values = { x: 'new' };
    expect((await render(skeleton, { values, copyWithoutTemplating: ['raw/**', 'charts'] })).files).toEqual({
      'b.txt': 'new',
      'charts/templates/a.yaml': '{{ .Values.x }} {% broken',
      'raw/new.txt': e('values.x'),
    });
    expect((await render(skeleton, { values, copyWithoutRender: ['raw', 'charts/**'] })).files).toMatchObject(
      {
        [`raw/${e('values.x')}.txt`]: e('values.x'),
      },
    );
  });

  it.each([
    [true, 'a.txt.njk'],
    ['.tmpl', 'a.txt.tmpl'],
    ['tmpl', 'a.txt.tmpl'],
  ])('is rendered only where files end with %s, which they lose', async (templateFileExtension, name) => {
    const skeleton = { [name]: e('values.x'), [`${e('values.x')}.txt`]: e('values.x') };
    const { files } = await render(skeleton, { values: { x: 'new' }, templateFileExtension });
    expect(files).toEqual({ 'a.txt': 'new', 'new.txt': e('values.x') });
  });

  it('may be one of Cookiecutter', async () => {
    const skeleton = {
      '{{cookiecutter.name}}/a.txt': '{{ cookiecutter.name | jsonify }}',
      'b.txt': '{{ values.name }}',
    };
    const { files } = await render(skeleton, { values: { name: 'shop' }, cookiecutterCompat: true });
    expect(files).toEqual({ 'b.txt': '', 'shop/a.txt': '"shop"' });
  });

  it('may have spaces and line breaks around blocks removed', async () => {
    const skeleton = { 'a.txt': '  {% if true %}\nx\n  {% endif %}\ny' };
    const { files } = await render(skeleton, { values: {}, trimBlocks: true, lstripBlocks: true });
    expect(files).toEqual({ 'a.txt': 'x\ny' });
  });

  it('may be large: many files, and more than is rendered in one go', async () => {
    const long = 'x'.repeat(200_000);
    const many = Object.fromEntries(
      Array.from({ length: 5 }, (_, i) => [`f${i}.txt`, `${e('values.x')}${long}`]),
    );
    const { files } = await render(many, { values: { x: 'new' } });
    expect(Object.values(files).every((text) => text === `new${long}`)).toBe(true);
    expect(Object.keys(files)).toHaveLength(5);
  });
});

describe('what can’t be rendered', () => {
  it.each<[Files, Record<string, unknown>, string]>([
    [{ 'a/b.txt': 'x\n{% if %}' }, {}, 'a/b.txt can’t be rendered: line 2'.replace('’', "'")],
    [{ [`${e('values.x |')}`]: 'x' }, {}, 'the name'],
    [{ [e('values.x')]: 'x' }, { values: { x: '../../evil' } }, 'not within the workspace'],
    [{ [`a/${e('values.x')}/b`]: 'x' }, { values: { x: '../../..' } }, 'not within the workspace'],
    [{ a: 'x' }, { copyWithoutTemplating: ['x'], copyWithoutRender: ['y'] }, 'exclude each other'],
    [{ a: 'x' }, { templateFileExtension: true, cookiecutterCompat: true }, 'templateFileExtension excludes'],
    [{ a: 'x' }, { url: 'src/a' }, 'fetch:template:file'],
    [{ a: 'x' }, { targetPath: '/tmp' }, 'not within the workspace'],
  ])('%j with %j is told', async (skeleton, input, message) => {
    await expect(render(skeleton, input)).rejects.toThrow(message);
  });

  it('does not write through links that a step before has left', async () => {
    const skeleton = { 'link/x': 'new' };
    await expect(render(skeleton, {}, { link: '-> /tmp' })).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
  });
});
