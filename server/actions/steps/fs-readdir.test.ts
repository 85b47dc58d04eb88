import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { fsReaddir } from './fs-readdir.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

const files = { 'a.txt': '1', 'dir/b.txt': '2', 'dir/deep/c.txt': '3', out: '-> /etc' };
const paths = (items: unknown) => (items as { path: string }[]).map(({ path }) => path);

it('lists one level of folders', async () => {
  const { output, workspace } = await runStep(fsReaddir, { paths: ['.', 'dir'] }, { files });
  expect(paths(output.files)).toEqual(['a.txt', 'out', 'dir/b.txt']);
  expect(output.folders).toEqual([
    { name: 'dir', path: 'dir', fullPath: join(realpathSync(workspace), 'dir') },
    { name: 'deep', path: 'dir/deep', fullPath: join(realpathSync(workspace), 'dir/deep') },
  ]);
});

it('lists all levels, and does not follow links', async () => {
  const { output } = await runStep(fsReaddir, { paths: ['.'], recursive: true }, { files });
  expect(paths(output.files)).toEqual(['a.txt', 'dir/b.txt', 'dir/deep/c.txt', 'out']);
  expect(paths(output.folders)).toEqual(['dir', 'dir/deep']);
});

it.each([
  ['nowhere', 'nowhere is not there'],
  ['out', 'not within the workspace'],
  ['a.txt', 'is no folder'],
])('refuses %s', async (path, message) => {
  await expect(runStep(fsReaddir, { paths: [path] }, { files })).rejects.toThrow(message);
});
