import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { SourceContext } from '#model/integration.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { checkOut } from './checkout.ts';
import { git } from './index.ts';
import {
  commit,
  component,
  gitIn,
  newFolder,
  newRepository,
  removeFolders,
  write,
} from './source.test-helper.ts';

afterEach(removeFolders);

/** A repository with a commit on main, a branch with a slash, and a tag. */
function remote() {
  const folder = join(newFolder(), 'origin');
  newRepository(folder, { 'a/file.txt': 'main' });
  const first = gitIn(folder, 'rev-parse', 'HEAD');
  gitIn(folder, 'tag', 'v1');
  gitIn(folder, 'checkout', '--quiet', '-b', 'feature/x');
  write(folder, { 'a/file.txt': 'feature', 'only/here.txt': '1' });
  commit(folder);
  gitIn(folder, 'checkout', '--quiet', 'main');
  write(folder, { 'a/file.txt': 'newest' });
  commit(folder);
  return { address: pathToFileURL(folder).href, first };
}

describe('a checkout', () => {
  it.each([
    ['', '', 'newest'],
    ['main', '', 'newest'],
    ['main/a', 'a', 'newest'],
    ['HEAD/a', 'a', 'newest'],
    ['v1/a/file.txt', 'a/file.txt', 'main'],
    ['feature/x/a', 'a', 'feature'],
    ['feature/x', '', 'feature'],
  ])('of %j has the path %j', async (place, path, text) => {
    const { address } = remote();
    const folder = join(newFolder(), 'files');
    expect(await checkOut({ address }, place, folder)).toBe(path);
    expect(readFileSync(join(folder, 'a/file.txt'), 'utf8')).toBe(text);
  });

  it('is told of what is not there', async () => {
    const { address } = remote();
    const failure = (message: string) =>
      expect.objectContaining({ code: 'SOURCE_UNREADABLE', message: expect.stringContaining(message) });
    await expect(checkOut({ address }, 'nope/a', join(newFolder(), 'x'))).rejects.toThrow(failure('nope'));
    await expect(checkOut({ address: `${address}-nowhere` }, '', join(newFolder(), 'x'))).rejects.toThrow(
      failure('can’t be read'.replace('’', "'")),
    );
  });

  it('goes only where it is let', async () => {
    const { address } = remote();
    const guard = {
      address: () => Promise.reject(new Error('not asked')),
      path: () => {
        throw new Error('refused');
      },
    };
    await expect(checkOut({ address, guard }, '', join(newFolder(), 'x'))).rejects.toThrow('refused');
  });
});

describe('what a source has at hand', () => {
  async function read(target: string) {
    const source = git.create({ target, discovery: false });
    const context: SourceContext = {
      sourceId: 'test',
      kinds: createKindRegistry(),
      workDir: newFolder(),
      signal: new AbortController().signal,
      now: () => new Date(),
      log: { info: () => {}, warn: () => {} },
      apply: async () => {},
      remove: async () => {},
      progress: () => {},
    };
    await source.read(context);
    return (address: string) => source.find?.(address);
  }

  it('is found by the address of its host, where it is at the same commit', async () => {
    const folder = join(newFolder(), 'shop');
    newRepository(folder, { 'catalog-info.yaml': component('shop'), 't/skeleton/x': '1' });
    gitIn(folder, 'remote', 'add', 'origin', 'git@github.com:acme/shop.git');
    const find = await read(folder);
    const held = (path: string) => ({ folder, path, bare: false });
    expect(find('https://github.com/acme/shop/tree/main/t/skeleton')).toEqual(held('t/skeleton'));
    expect(find('https://github.com/acme/shop/tree/main/t/skeleton/')).toEqual(held('t/skeleton'));
    expect(find('https://github.com/acme/shop/blob/main/t/skeleton/x')).toEqual(held('t/skeleton/x'));
    expect(find(pathToFileURL(join(folder, 't')).href)).toEqual(held('t'));
    expect(find('https://github.com/acme/shop/tree/other/t')).toBeUndefined();
    expect(find('https://github.com/acme/cart/tree/main/t')).toBeUndefined();
    expect(find(pathToFileURL(newFolder()).href)).toBeUndefined();
    expect(find(pathToFileURL(`${folder}-other/x`).href)).toBeUndefined();
  });

  it('is told to lie in a bare repository', async () => {
    const folder = join(newFolder(), 'checkout');
    newRepository(folder, { 'catalog-info.yaml': component('shop'), 't/x': '1' });
    const bare = join(newFolder(), 'shop.git');
    gitIn(folder, 'clone', '--quiet', '--bare', folder, bare);
    const find = await read(bare);
    expect(find(pathToFileURL(join(bare, 't')).href)).toEqual({ folder: bare, path: 't', bare: true });
  });

  it('is nothing before it was read', () => {
    expect(git.create({ target: newFolder() }).find?.('file:///x')).toBeUndefined();
  });
});
