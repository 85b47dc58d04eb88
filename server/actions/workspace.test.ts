import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { fuzzRuns } from '#model/fuzz-runs.test-helper.ts';
import { newFolder, read, removeFolders, write } from './steps/step.test-helper.ts';
import {
  copyInside,
  type Entry,
  entriesOf,
  existsInside,
  inside,
  makeInside,
  writeInside,
} from './workspace.ts';

afterEach(removeFolders);

const refused = expect.objectContaining({ code: 'PATH_OUTSIDE' });

describe('a path of a workspace', () => {
  it.each([
    ['a/b.txt', 'a/b.txt'],
    ['./a//b/../c', 'a/c'],
    ['.', ''],
    ['', ''],
    ['link/x', 'real/x'],
    ['deep/up/real/x', 'real/x'],
    ['..hidden', '..hidden'],
  ])('%j is %j', async (path, expected) => {
    const folder = newFolder();
    write(folder, { 'real/x': '1', link: '-> real', 'deep/up': '-> ..' });
    expect(await inside(folder, path)).toBe(join(realpathSync(folder), expected));
  });

  it.each([
    '..',
    '../x',
    'a/../../x',
    '/etc/passwd',
    '/',
    'out',
    'out/passwd',
    'absolute',
    'chain/passwd',
    'dangling',
    'around',
    'a\0b',
    'twice/x',
  ])('%j is refused', async (path) => {
    const folder = newFolder();
    write(folder, {
      out: '-> ../..',
      absolute: '-> /etc/passwd',
      chain: '-> out',
      dangling: '-> ../not-there/yet',
      around: '-> around',
      'deep/twice': '-> ../..',
      twice: '-> deep/twice',
    });
    await expect(inside(folder, path)).rejects.toThrow(refused);
  });

  it('may be written as the folder itself is written', async () => {
    const folder = newFolder();
    expect(await inside(folder, join(folder, 'x'))).toBe(join(realpathSync(folder), 'x'));
  });

  it('may mean a link itself', async () => {
    const folder = newFolder();
    write(folder, { out: '-> /etc' });
    expect(await inside(folder, 'out', true)).toBe(join(realpathSync(folder), 'out'));
    await expect(inside(folder, 'out/passwd', true)).rejects.toThrow(refused);
  });
});

/** Whatever links there are in the workspace and whatever path is named, nothing outside is reached. */
it('never leads outside', async () => {
  const name = fc.constantFrom('a', 'b', 'c', '..', '.');
  const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  const link = fc.tuple(
    fc.constantFrom('a', 'b', 'c', 'a/b', 'b/c'),
    fc.oneof(
      path,
      path.map((one) => `/${one}`),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(link, { maxLength: 4 }),
      fc.oneof(
        path,
        path.map((one) => `/${one}`),
      ),
      async (links, wanted) => {
        const around = mkdtempSync(join(tmpdir(), 'atrium-around-'));
        try {
          const folder = join(around, 'x', 'workspace');
          write(folder, { 'a/': '' });
          for (const [at, target] of links) {
            if (await lstat(join(folder, at)).catch(() => undefined)) continue;
            try {
              write(folder, { [at]: `-> ${target}` });
            } catch {
              // Its folder is a link that leads nowhere.
            }
          }
          const before = read(around);
          await writeInside(folder, wanted, 'written').catch(() => undefined);
          const after = read(around);
          const outside = (all: Record<string, string>) =>
            Object.entries(all).filter(([one]) => !one.startsWith(`x${sep}workspace`));
          expect(outside(after)).toEqual(outside(before));
        } finally {
          rmSync(around, { recursive: true, force: true });
        }
      },
    ),
    { numRuns: fuzzRuns(300) },
  );
});

describe('files of a workspace', () => {
  it('are listed with folders first, without what links lead to and without git’s own', async () => {
    const folder = newFolder();
    write(folder, {
      'b/c.txt': '12',
      'a.txt': '1',
      link: '-> b',
      '.git/config': 'x',
      'sub/.git/x': 'x',
      '.hidden': '',
    });
    const entries = await entriesOf(folder);
    expect(entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'file .hidden',
      'file a.txt',
      'folder b',
      'file b/c.txt',
      'link link',
      'folder sub',
    ]);
    expect(entries.find(({ path }) => path === 'b/c.txt')).toMatchObject({ size: 2 });
  });

  it('are written with the folders above them, and can always be written again', async () => {
    const folder = newFolder();
    await writeInside(folder, 'a/b/c.sh', 'x', 0o555);
    await writeInside(folder, 'a/b/c.sh', 'y', 0o755);
    await makeInside(folder, 'd/e');
    expect(read(folder)).toEqual({ 'a/b/c.sh': 'y', 'd/e/': '' });
    expect((await lstat(join(folder, 'a/b/c.sh'))).mode & 0o777).toBe(0o755);
    expect(await existsInside(folder, 'a/b')).toBe(true);
    expect(await existsInside(folder, 'a/x')).toBe(false);
  });

  it('are copied; links only where they stay within the workspace', async () => {
    const [from, to] = [newFolder(), newFolder()];
    write(from, {
      'x/file': '1',
      'x/near': '-> file',
      'x/far': '-> ../../outside',
      'x/root': '-> /etc/passwd',
    });
    const copied: string[] = [];
    for (const entry of await entriesOf(from)) {
      if (entry.kind === 'folder') continue;
      if (await copyInside(join(from, entry.path), entry as Entry, to, entry.path)) copied.push(entry.path);
    }
    expect(copied).toEqual(['x/file', 'x/near']);
    expect(read(to)).toEqual({ 'x/file': '1', 'x/near': '-> file' });
  });

  it('are not written through a link that leads out', async () => {
    const [folder, outside] = [newFolder(), newFolder()];
    write(folder, { link: `-> ${outside}`, file: `-> ${join(outside, 'new')}` });
    await expect(writeInside(folder, 'link/x', 'x')).rejects.toThrow(refused);
    await expect(writeInside(folder, 'file', 'x')).rejects.toThrow(refused);
    expect(read(outside)).toEqual({});
    expect(dirname(await inside(folder, 'link', true))).toBe(realpathSync(folder));
  });
});
