import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { AtriumError } from '#model/errors.ts';
import type { FilesAtHand } from '#model/integration.ts';
import { newFolder, read, removeFolders, write } from './steps/step.test-helper.ts';
import { type CheckOutRequest, createFetchTree } from './tree-source.ts';

afterEach(removeFolders);

function source({
  held = {},
  allowed = [],
}: {
  held?: Record<string, FilesAtHand>;
  allowed?: string[];
} = {}) {
  const checkedOut: CheckOutRequest[] = [];
  const asked: { address: string; headers: unknown; guarded: unknown }[] = [];
  const workDir = join(newFolder(), 'work');
  const fetchTree = createFetchTree({
    find: (address) => held[address],
    checkOut: async (request) => {
      checkedOut.push(request);
      await mkdir(join(request.folder, 'a'), { recursive: true });
      await writeFile(join(request.folder, 'a/x'), 'cloned');
      return request.place.split('/').slice(1).join('/');
    },
    mayRead: (path) => {
      if (allowed.some((folder) => realpathSync(path).startsWith(realpathSync(folder))))
        return realpathSync(path);
      throw new AtriumError('PATH_REFUSED', `${path} is refused`);
    },
    fetch: async (address, { headers, guarded } = {}) => {
      asked.push({ address, headers, guarded });
      return {
        status: address.endsWith('gone') ? 404 : 200,
        headers: {},
        url: address,
        body: Buffer.from('fetched'),
      };
    },
    workDir,
  });
  const { signal } = new AbortController();
  return {
    fetch: (url: string, base?: string, token?: string) => fetchTree(url, base, { signal, token }),
    checkedOut,
    asked,
    kept: () => (existsSync(workDir) ? readdirSync(workDir) : []),
  };
}

describe('files that a source has', () => {
  it('are used where they lie', async () => {
    const folder = newFolder();
    write(folder, { 't/skeleton/x': '1' });
    const held = {
      'https://github.com/acme/t/tree/main/t/skeleton': { folder, path: 't/skeleton', bare: false },
    };
    const { fetch, kept } = source({ held });
    const tree = await fetch('./skeleton', 'url:https://github.com/acme/t/tree/main/t/');
    expect(read(tree.path)).toEqual({ x: '1' });
    await tree.release();
    expect(kept()).toEqual([]);
    expect(read(folder)).toEqual({ 't/skeleton/x': '1' });
  });

  it('are not left through links', async () => {
    const folder = newFolder();
    write(folder, { link: '-> /etc' });
    const { fetch } = source({
      held: { 'https://x.example/a/b/tree/main/link': { folder, path: 'link', bare: false } },
    });
    await expect(fetch('https://x.example/a/b/tree/main/link')).rejects.toMatchObject({
      code: 'PATH_OUTSIDE',
    });
  });

  it('are checked out where they lie in a bare repository', async () => {
    const folder = newFolder();
    const address = pathToFileURL(join(folder, 'a')).href;
    const { fetch, checkedOut, kept } = source({ held: { [address]: { folder, path: 'a', bare: true } } });
    const tree = await fetch('a', `file:${folder}/`);
    expect(read(tree.path)).toEqual({ x: 'cloned' });
    expect(checkedOut).toMatchObject([
      { repository: pathToFileURL(folder).href, place: 'HEAD/a', known: true },
    ]);
    await tree.release();
    expect(kept()).toEqual([]);
  });
});

describe('files that lie beside a template on this machine', () => {
  it('are used, where that folder may be read', async () => {
    const folder = newFolder();
    write(folder, { 't/template.yaml': '', 't/skeleton/x': '1', 'other/y': '2' });
    const { fetch } = source({ allowed: [folder] });
    const base = `file:${folder}/t/template.yaml`;
    expect(read((await fetch('./skeleton', base)).path)).toEqual({ x: '1' });
    expect(read((await fetch('skeleton', `file:${folder}/t/`)).path)).toEqual({ x: '1' });
    await expect(fetch('../other', base)).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
    await expect(fetch('./nowhere', base)).rejects.toThrow();
  });

  it.each([
    ['./skeleton', (folder: string) => `file:${folder}/t/template.yaml`, 'PATH_REFUSED'],
    ['file:///etc/', (folder: string) => `file:${folder}/t/template.yaml`, 'PATH_REFUSED'],
    ['file:///etc/passwd', () => 'url:https://github.com/acme/t/tree/main/', 'ADDRESS_REFUSED'],
    ['/etc/passwd', (folder: string) => `file:${folder}/t/template.yaml`, 'ADDRESS_REFUSED'],
    ['/etc/passwd', () => 'url:https://github.com/acme/t/tree/main/', 'ADDRESS_REFUSED'],
    ['./skeleton', () => undefined, 'ADDRESS_REFUSED'],
    ['javascript:alert(1)', () => 'url:https://github.com/acme/t/tree/main/', 'ADDRESS_REFUSED'],
    ['ftp://example.com/x', () => 'url:https://github.com/acme/t/tree/main/', 'ADDRESS_REFUSED'],
  ])('%s is refused otherwise', async (url, base, code) => {
    const folder = newFolder();
    write(folder, { 't/skeleton/x': '1' });
    await expect(source().fetch(url, base(folder))).rejects.toMatchObject({ code });
  });
});

describe('files elsewhere', () => {
  it('are checked out, with the template’s own password', async () => {
    const { fetch, checkedOut, kept } = source();
    const tree = await fetch('https://github.com/acme/t/tree/main/a', undefined, 'secret');
    expect(read(tree.path)).toEqual({ x: 'cloned' });
    const wanted = {
      repository: 'https://github.com/acme/t',
      place: 'main/a',
      token: 'secret',
      known: false,
    };
    expect(checkedOut).toMatchObject([wanted]);
    expect(kept()).toHaveLength(1);
    await tree.release();
    expect(kept()).toEqual([]);
  });

  it('leave nothing behind when they are not there', async () => {
    const { fetch, kept } = source();
    await expect(fetch('https://github.com/acme/t/tree/main/nowhere')).rejects.toMatchObject({
      code: 'STEP_FAILED',
    });
    const away = fetch('https://github.com/acme/t/tree/main/a%2F..%2F..%2Fetc');
    await expect(away).rejects.toMatchObject({ code: 'PATH_OUTSIDE' });
    expect(kept()).toEqual([]);
  });

  it('are fetched one by one where they are in no repository', async () => {
    const { fetch, asked, kept } = source();
    const tree = await fetch('https://example.com/a.txt', undefined, 'secret');
    expect(readFileSync(tree.path, 'utf8')).toBe('fetched');
    expect(asked).toEqual([
      { address: 'https://example.com/a.txt', headers: { authorization: 'Bearer secret' }, guarded: true },
    ]);
    await tree.release();
    expect(kept()).toEqual([]);
    await expect(fetch('https://example.com/gone')).rejects.toThrow('example.com answered with 404');
  });
});
