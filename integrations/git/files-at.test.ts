import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { fileTools } from './files-at.ts';
import { commit, gitIn, newFolder, newRepository, removeFolders, write } from './source.test-helper.ts';

afterAll(removeFolders);

function siteOf(): { folder: string; place: { folder: string; path: string; bare: boolean } } {
  const folder = newFolder();
  newRepository(folder, { 'docs/index.md': '# One', 'docs/a/b.md': 'Old', 'src/app.ts': 'let a' });
  gitIn(folder, 'tag', 'v1');
  write(folder, { 'docs/index.md': '# Two' });
  commit(folder);
  return { folder, place: { folder, path: 'docs', bare: false } };
}

const all = () => true;
const paths = (files: { path: string }[]) => files.map(({ path }) => path).sort();
const text = async (found: Promise<Buffer | undefined>) => (await found)?.toString();

it('lists and reads what lies there now, committed or not', async () => {
  const { folder, place } = siteOf();
  write(folder, { 'docs/new.md': 'New', 'docs/index.md': '# Three' });
  expect(paths(await fileTools.list(place, all))).toEqual(['a/b.md', 'index.md', 'new.md']);
  expect(await text(fileTools.read(place, 'index.md'))).toBe('# Three');
  expect(paths(await fileTools.list(place, (path) => path.startsWith('a/')))).toEqual(['a/b.md']);
  expect(await fileTools.read(place, 'gone.md')).toBeUndefined();
});

it('finds nothing in a place that is a file', async () => {
  const { folder } = siteOf();
  const place = { folder, path: 'src/app.ts', bare: false };
  expect(await fileTools.list(place, all)).toEqual([]);
  expect(await fileTools.read(place, 'index.md')).toBeUndefined();
  expect(await fileTools.texts(place, ['index.md'])).toEqual(new Map());
});

it('reads other versions, and says when there is none', async () => {
  const { place } = siteOf();
  expect(await text(fileTools.read(place, 'index.md', 'v1'))).toBe('# One');
  expect(await text(fileTools.read(place, 'index.md', 'main'))).toBe('# Two');
  expect(paths(await fileTools.list(place, all, 'v1'))).toEqual(['a/b.md', 'index.md']);
  for (const version of ['v2', '--all', 'main..v1', 'HEAD:src']) {
    await expect(fileTools.list(place, all, version)).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
  }
});

it('reads many texts at once, and leaves out what is none', async () => {
  const { folder, place } = siteOf();
  write(folder, { 'docs/picture.png': 'a\0b' });
  const asked = ['index.md', 'gone.md', 'a/b.md', 'a', 'picture.png', '../src/app.ts'];
  const now = await fileTools.texts(place, asked);
  expect([...now]).toEqual([
    ['index.md', '# Two'],
    ['a/b.md', 'Old'],
  ]);
  const before = await fileTools.texts(place, asked, 'v1');
  expect([...before]).toEqual([
    ['index.md', '# One'],
    ['a/b.md', 'Old'],
  ]);
});

it('names branches and tags, and the last change of each file', async () => {
  const { folder, place } = siteOf();
  gitIn(folder, 'branch', 'next');
  const found = await fileTools.versions(place);
  expect(found).toMatchObject({ current: 'main', tags: ['v1'] });
  expect(found.branches.sort()).toEqual(['main', 'next']);
  const changes = await fileTools.lastChanges(place);
  expect(paths([...changes.keys()].map((path) => ({ path })))).toEqual(['a/b.md', 'index.md']);
  expect(changes.get('index.md')).toMatchObject({ author: 'Ann', email: 'ann@example.com' });
  expect(changes.get('index.md')?.commit).not.toBe(changes.get('a/b.md')?.commit);
});

it('does the same in a bare repository', async () => {
  const { folder } = siteOf();
  const bare = join(newFolder(), 'site.git');
  execFileSync('git', ['clone', '--quiet', '--bare', folder, bare]);
  const place = { folder: bare, path: 'docs', bare: true };
  expect(paths(await fileTools.list(place, all))).toEqual(['a/b.md', 'index.md']);
  expect(await text(fileTools.read(place, 'index.md'))).toBe('# Two');
  expect(await text(fileTools.read(place, 'index.md', 'v1'))).toBe('# One');
  expect(await fileTools.versions(place)).toMatchObject({ current: 'main', tags: ['v1'] });
});

it('reads a folder that no repository holds', async () => {
  const folder = newFolder();
  write(folder, { 'index.md': 'Here', 'a/b.md': 'There' });
  const place = { folder, path: '', bare: false };
  expect(paths(await fileTools.list(place, all))).toEqual(['a/b.md', 'index.md']);
  expect(await fileTools.versions(place)).toEqual({ current: null, revision: null, branches: [], tags: [] });
  expect(await fileTools.lastChanges(place)).toEqual(new Map());
});

it('never leaves the place', async () => {
  const { folder, place } = siteOf();
  symlinkSync('/etc/passwd', join(folder, 'docs/passwd.md'));
  symlinkSync('../src/app.ts', join(folder, 'docs/app.md'));
  for (const path of ['../src/app.ts', '/etc/passwd', 'passwd.md', 'a/../../src/app.ts', '.git/config']) {
    expect(await fileTools.read(place, path), path).toBeUndefined();
  }
  for (const path of ['../src/app.ts', '.git/config']) {
    expect(await fileTools.read({ ...place, path: '' }, path), path).toBeUndefined();
    expect(await fileTools.read(place, path, 'main'), path).toBeUndefined();
  }
});
