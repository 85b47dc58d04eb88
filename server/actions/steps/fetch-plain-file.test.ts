import { afterEach, expect, it } from 'vitest';
import { fetchPlainFile } from './fetch-plain-file.ts';
import { isExecutable, makeExecutable, removeFolders, runStep, treeOf } from './step.test-helper.ts';

afterEach(removeFolders);

it('copies one file with its mode', async () => {
  const tree = treeOf({ 'a/run.sh': 'x' });
  makeExecutable(tree.folder, 'a/run.sh');
  const { files, workspace } = await runStep(fetchPlainFile(tree), { url: 'a/run.sh', targetPath: 'b/c.sh' });
  expect(files).toEqual({ 'b/c.sh': 'x' });
  expect(isExecutable(workspace, 'b/c.sh')).toBe(true);
  expect(tree.isReleased()).toBe(true);
});

it.each([
  [{ url: 'a', targetPath: 'x' }, 'a is no file'],
  [{ url: 'a/x', targetPath: '../x' }, 'not within the workspace'],
  [{ url: 'a/x' }, 'targetPath'],
])('refuses %j', async (input, message) => {
  const tree = treeOf({ 'a/x': '1' });
  await expect(runStep(fetchPlainFile(tree), input)).rejects.toThrow(message);
});
