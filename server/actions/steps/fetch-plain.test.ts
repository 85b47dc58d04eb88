import { afterEach, expect, it } from 'vitest';
import { fetchPlain } from './fetch-plain.ts';
import { isExecutable, makeExecutable, removeFolders, runStep, treeOf } from './step.test-helper.ts';

afterEach(removeFolders);

it('copies a folder as it is: expressions, binaries, modes, empty folders and links', async () => {
  const tree = treeOf({
    'src/run.sh': 'echo ${' + '{ values.x }}',
    'src/bin': Buffer.from([0, 1, 2]),
    'src/empty/': '',
    'src/link': '-> run.sh',
    'src/.hidden': 'h',
    'src/.git/config': 'x',
  });
  makeExecutable(tree.folder, 'src/run.sh');
  const result = await runStep(fetchPlain(tree), { url: 'src', targetPath: 'to', token: 't' });
  expect(result.files).toEqual({
    'to/.hidden': 'h',
    'to/bin': '\0\x01\x02',
    'to/empty/': '',
    'to/link': '-> run.sh',
    'to/run.sh': 'echo ${' + '{ values.x }}',
  });
  expect(isExecutable(result.workspace, 'to/run.sh')).toBe(true);
  expect(isExecutable(result.workspace, 'to/bin')).toBe(false);
  expect(tree.asked).toEqual([{ url: 'src', base: 'file:/estate/templates/service/', token: 't' }]);
  expect(tree.isReleased()).toBe(true);
});

it('replaces what is there, and needs no target', async () => {
  const tree = treeOf({ 'src/a': 'new' });
  const { files } = await runStep(fetchPlain(tree), { url: 'src' }, { files: { a: 'old', b: 'kept' } });
  expect(files).toEqual({ a: 'new', b: 'kept' });
});

it('leaves links out that lead out of the workspace, and says so', async () => {
  const tree = treeOf({ 'src/a': '-> /etc/passwd', 'src/b': '-> ../../x', 'src/c': '1' });
  const { files, log } = await runStep(fetchPlain(tree), { url: 'src' });
  expect(files).toEqual({ c: '1' });
  expect(log).toEqual([
    'warning: a is left out: it is a link that leads out of the workspace',
    'warning: b is left out: it is a link that leads out of the workspace',
  ]);
});

it.each([
  [{ url: 'src', targetPath: '../x' }, 'PATH_OUTSIDE', 'not within the workspace'],
  [{ url: 'src/a' }, 'STEP_FAILED', 'fetch:plain:file'],
  [{}, 'STEP_FAILED', 'url'],
])('refuses %j', async (input, code, message) => {
  const tree = treeOf({ 'src/a': '1' });
  const failure = expect.objectContaining({ code, message: expect.stringContaining(message) });
  await expect(runStep(fetchPlain(tree), input)).rejects.toThrow(failure);
  expect(tree.isReleased()).toBe(true);
});
