import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { AtriumError } from '#model/errors.ts';
import { git } from './index.ts';
import {
  api,
  Collector,
  commit,
  component,
  gitIn,
  newFolder,
  newRepository,
  readOnce as read,
  removeFolders,
  write,
} from './source.test-helper.ts';

afterEach(removeFolders);

it('reads a folder of checkouts at several depths, with loose files beside them', async () => {
  const top = newFolder();
  newRepository(join(top, 'cart'), { 'catalog-info.yaml': component('cart') });
  newRepository(join(top, 'team/deep/pay'), { 'sub/catalog-info.yml': component('pay') });
  newRepository(join(top, 'team/node_modules/junk'), { 'catalog-info.yaml': component('junk') });
  write(top, { 'notes/catalog-info.yaml': component('loose') });
  const { collector, keys } = await read({ target: top, discovery: false });
  expect(collector.refs).toEqual([
    'component:default/cart',
    'component:default/loose',
    'component:default/pay',
  ]);
  expect(keys.filter((key) => !key.endsWith('//discovery')).sort()).toEqual([
    './/notes/catalog-info.yaml',
    'cart//catalog-info.yaml',
    'team/deep/pay//sub/catalog-info.yml',
  ]);
});

it('reads one checkout at its commit, without ignored and deleted files, with its worktrees', async () => {
  const top = newFolder();
  const folder = join(top, 'cart');
  newRepository(folder, {
    'catalog-info.yaml': component('cart'),
    'gone/catalog-info.yaml': component('gone'),
    '.gitignore': 'made/',
  });
  write(folder, { 'made/catalog-info.yaml': component('made'), 'new/catalog-info.yaml': component('new') });
  rmSync(join(folder, 'gone/catalog-info.yaml'));
  gitIn(folder, 'worktree', 'add', '--quiet', join(top, 'tree'), '-b', 'other');
  const { collector } = await read({ target: folder, discovery: false });
  expect(collector.refs).toEqual(['component:default/cart', 'component:default/new']);
  const [cart] = collector.of('component:default/cart');
  expect(collector.parts.get('cart//catalog-info.yaml')?.revision).toBe(gitIn(folder, 'rev-parse', 'HEAD'));
  expect(cart).toMatchObject({
    confidence: 'declared',
    place: { location: `file:${folder}/catalog-info.yaml`, path: 'catalog-info.yaml', line: 1 },
  });
  expect(cart?.lines?.['spec.owner']).toBe(8);
  const tree = await read({ target: join(top, 'tree'), discovery: false });
  expect(tree.collector.refs).toEqual(['component:default/cart', 'component:default/gone']);
});

it('reads bare repositories, alone and in a folder', async () => {
  const top = newFolder();
  const work = newFolder();
  newRepository(work, {
    'catalog-info.yaml': component('cart'),
    'api/catalog-info.yaml': api('orders', '$text: ./openapi.yaml'),
    'api/openapi.yaml': 'openapi: 3.0.0\n',
    'logo.bin': 'a\0b',
  });
  gitIn(top, 'clone', '--quiet', '--bare', work, 'cart.git');
  const alone = await read({ target: join(top, 'cart.git') });
  const below = await read({ target: top });
  for (const { collector } of [alone, below]) {
    expect(collector.refs).toEqual(['api:default/orders', 'component:default/cart']);
    expect(collector.of('api:default/orders')[0]?.entity.spec?.definition).toBe('openapi: 3.0.0\n');
    expect([...collector.parts.keys()]).toContain('cart//catalog-info.yaml');
  }
});

it('clones a remote, and follows it when it is read again', async () => {
  const remote = newFolder();
  newRepository(remote, { 'catalog-info.yaml': component('cart') });
  const collector = new Collector();
  const source = git.create({ target: pathToFileURL(remote).href, discovery: false });
  await source.read(collector.context);
  expect(collector.refs).toEqual(['component:default/cart']);
  write(remote, { 'catalog-info.yaml': component('basket') });
  commit(remote);
  await source.read(collector.context);
  expect(collector.refs).toEqual(['component:default/basket']);
});

it('refuses what is not there, and removes nothing then', async () => {
  for (const target of ['/no/such/folder', 'file:///no/such/repository']) {
    const error = await read({ target }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(AtriumError);
    expect(error).toMatchObject({ code: 'SOURCE_UNREADABLE' });
  }
});

it('never runs the hooks of a repository nor waits for a password', async () => {
  const remote = newFolder();
  newRepository(remote, { 'catalog-info.yaml': component('cart') });
  const folder = join(newFolder(), 'cart');
  gitIn(remote, 'clone', '--quiet', remote, folder);
  gitIn(folder, 'config', 'core.fsmonitor', `touch ${folder}/ran; false`);
  const { collector } = await read({ target: folder, discovery: false });
  expect(collector.refs).toEqual(['component:default/cart']);
  expect(() => renameSync(join(folder, 'ran'), join(folder, 'x'))).toThrow();
});

it('fails one repository with its parts and reads the others', async () => {
  const top = newFolder();
  newRepository(join(top, 'a'), { 'catalog-info.yaml': component('a') });
  newRepository(join(top, 'b'), { 'catalog-info.yaml': component('b') });
  const collector = new Collector();
  await read({ target: top, discovery: false }, collector);
  renameSync(join(top, 'b/.git/HEAD'), join(top, 'b/.git/NECK'));
  // A new process knows of the parts only by what it kept.
  const { keys } = await read({ target: top, discovery: false }, collector);
  expect(keys.filter((key) => !key.endsWith('//discovery')).sort()).toEqual([
    'a//catalog-info.yaml',
    'b//catalog-info.yaml',
  ]);
  expect(collector.parts.get('b//catalog-info.yaml')?.failed).toBe(true);
  expect(collector.parts.get('a//catalog-info.yaml')?.failed).toBeUndefined();
});

it('says SOURCE_UNREADABLE when no repository can be read', async () => {
  const top = newFolder();
  newRepository(join(top, 'a'), { 'catalog-info.yaml': component('a') });
  rmSync(join(top, 'a/.git/HEAD'));
  await expect(read({ target: join(top, 'a') })).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
});

it('says GIT_MISSING when there is no git', async () => {
  const top = newFolder();
  newRepository(join(top, 'a'), { 'catalog-info.yaml': component('a') });
  const path = process.env.PATH;
  process.env.PATH = '/nowhere';
  try {
    await expect(read({ target: top })).rejects.toMatchObject({ code: 'GIT_MISSING' });
  } finally {
    process.env.PATH = path;
  }
});

it.skipIf(process.getuid?.() === 0)('keeps what a file said that may not be read', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'catalog-info.yaml'), component('a'));
  chmodSync(join(folder, 'catalog-info.yaml'), 0);
  const { collector } = await read({ target: folder, discovery: false });
  expect([...collector.parts.values()].map(({ failed }) => failed)).toEqual([true]);
});

it('reads them in threads, in order and complete', async () => {
  const folder = newFolder();
  const files: Record<string, string> = {};
  for (let index = 0; index < 1500; index++) files[`s${index}/catalog-info.yaml`] = component(`s${index}`);
  write(folder, files);
  const { collector, keys } = await read({ target: folder, discovery: false });
  expect(keys).toHaveLength(1500);
  expect(collector.refs).toHaveLength(1500);
});
