import { afterEach, expect, it } from 'vitest';
import { fsRename } from './fs-rename.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

const there = { 'a.txt': 'a', 'b.txt': 'b', 'dir/c.txt': 'c', link: '-> /etc/passwd' };
const rename = (...files: Record<string, unknown>[]) => runStep(fsRename, { files }, { files: there });

it('moves files, folders and links, one after the other', async () => {
  const { files, log } = await rename(
    { from: 'a.txt', to: 'new/folder/a.txt' },
    { from: 'dir', to: 'other' },
    { from: 'other/c.txt', to: 'other/d.txt' },
    { from: 'link', to: 'moved' },
    { from: 'b.txt', to: './b.txt' },
  );
  expect(files).toEqual({
    'b.txt': 'b',
    moved: '-> /etc/passwd',
    'new/folder/a.txt': 'a',
    'other/d.txt': 'c',
  });
  expect(log[0]).toBe('a.txt is now new/folder/a.txt');
});

it('replaces what is there only where it is told to', async () => {
  const message = 'b.txt is there already; overwrite: true replaces it';
  await expect(rename({ from: 'a.txt', to: 'b.txt' })).rejects.toThrow(message);
  const { files } = await rename(
    { from: 'a.txt', to: 'b.txt', overwrite: true },
    { from: 'b.txt', to: 'dir', overwrite: true },
  );
  expect(files).toEqual({ dir: 'a', link: '-> /etc/passwd' });
});

it.each([
  [{ from: 'nowhere', to: 'x' }, 'nowhere is not there'],
  [{ from: 'a.txt', to: '../x' }, 'not within the workspace'],
  [{ from: '/etc/passwd', to: 'x' }, 'not within the workspace'],
  [{ from: 'a.txt', to: 'link/x' }, 'not within the workspace'],
  [{ from: 'dir', to: 'dir/below' }, 'into itself'],
  [{ from: 'dir/c.txt', to: 'dir', overwrite: true }, 'which it would replace'],
  [{ from: 'a.txt' }, 'files.0.to'],
])('refuses %j', async (file, message) => {
  await expect(rename(file)).rejects.toThrow(message);
});
