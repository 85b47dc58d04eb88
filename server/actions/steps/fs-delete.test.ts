import { existsSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { fsDelete } from './fs-delete.ts';
import { newFolder, removeFolders, runStep, write } from './step.test-helper.ts';

afterEach(removeFolders);

const there = {
  'a.txt': 'a',
  'b.md': 'b',
  'dir/c.md': 'c',
  'dir/deep/d.md': 'd',
  '[x]': 'literal',
  '.e.md': 'e',
};
const remove = (...files: unknown[]) => runStep(fsDelete, { files }, { files: there });

it('deletes files and folders by name and by glob', async () => {
  const { files, log } = await remove('a.txt', 'dir/deep', '[x]', '*.md', 'nothing*');
  expect(files).toEqual({ 'dir/c.md': 'c' });
  expect(log).toEqual([
    'a.txt deleted',
    'dir/deep deleted',
    '[x] deleted',
    '.e.md, b.md deleted',
    'nothing*: there is nothing to delete',
  ]);
});

it('deletes a link and not what it leads to', async () => {
  const outside = newFolder();
  write(outside, { kept: '1' });
  const { files } = await runStep(
    fsDelete,
    { files: ['link', 'near'] },
    { files: { link: `-> ${outside}`, near: '-> real', 'real/x': '1' } },
  );
  expect(files).toEqual({ 'real/x': '1' });
  expect(existsSync(`${outside}/kept`)).toBe(true);
});

it.each([
  ['../x', 'not within the workspace'],
  ['/etc/passwd', 'not within the workspace'],
  ['.', 'workspace itself'],
  ['dir/..', 'workspace itself'],
  [5, 'files.0'],
])('refuses %j', async (file, message) => {
  await expect(remove(file)).rejects.toThrow(message);
});
