import { afterAll, afterEach, expect, it } from 'vitest';
import { fetchTemplateFile } from './fetch-template-file.ts';
import { removeFolders, runStep, testRenderer, treeOf } from './step.test-helper.ts';

afterEach(removeFolders);
afterAll(() => testRenderer().close());

const name = `\${{ values.name }}`;

function render(input: Record<string, unknown>, files = {}) {
  const { fetchTree } = treeOf({ 'a.txt': `${name}|{{ cookiecutter.name }}`, 'bad.txt': '{% if %}' });
  return runStep(
    fetchTemplateFile({ fetchTree, renderer: testRenderer() }),
    { url: 'a.txt', ...input },
    { files },
  );
}

it('renders one file', async () => {
  const { files } = await render({ targetPath: 'b/c.txt', values: { name: 'shop' } });
  expect(files).toEqual({ 'b/c.txt': 'shop|{{ cookiecutter.name }}' });
});

it('renders it in Cookiecutter’s dialect', async () => {
  const { files } = await render({ targetPath: 'c', values: { name: 'shop' }, cookiecutterCompat: true });
  expect(files).toEqual({ c: '$|shop' });
});

it('leaves what is there already, unless it is to replace it', async () => {
  const there = { 'c.txt': 'old' };
  const values = { name: 'new' };
  const kept = await render({ targetPath: 'c.txt', values }, there);
  expect([kept.files, kept.log]).toEqual([there, ['c.txt is there already and stays as it is']]);
  const { files } = await render({ targetPath: 'c.txt', values, replace: true }, there);
  expect(files['c.txt']).toBe('new|{{ cookiecutter.name }}');
});

it('says which file can’t be rendered', async () => {
  await expect(render({ url: 'bad.txt', targetPath: 'x' })).rejects.toThrow(
    "bad.txt can't be rendered: line 1",
  );
});
