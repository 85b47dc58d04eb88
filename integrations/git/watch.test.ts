import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { GitConfig } from './config.ts';
import { git } from './index.ts';
import {
  api,
  Collector,
  commit,
  component,
  gitIn,
  location,
  newFolder,
  newRepository,
  removeFolders,
  write,
} from './source.test-helper.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  removeFolders();
});

async function watching(config: GitConfig): Promise<Collector> {
  const collector = new Collector();
  const source = git.create(config);
  await source.read(collector.context);
  const said: string[] = [];
  const log = {
    ...collector.context.log,
    info: (_fields: object, message: string) => void said.push(message),
  };
  const watch = source.watch?.({ ...collector.context, log });
  stops.push(async () => {
    collector.stop();
    await watch;
  });
  if (!/^\w+:/.test(config.target)) await collector.until(() => said.length > 0);
  return collector;
}

const owner = (collector: Collector, ref: string) => collector.of(ref)[0]?.entity.spec?.owner;

it('hands over a saved file alone, and takes away a deleted one', async () => {
  const top = newFolder();
  newRepository(join(top, 'shop'), {
    'a/catalog-info.yaml': component('a'),
    'b/catalog-info.yaml': component('b'),
  });
  const collector = await watching({ target: top, discovery: false });
  collector.log.length = 0;
  write(top, { 'shop/a/catalog-info.yaml': component('a').replace('team-a', 'team-b') });
  await collector.until(() => owner(collector, 'component:default/a') === 'team-b');
  expect(collector.log.map(({ part }) => part)).toEqual(['shop//a/catalog-info.yaml']);
  rmSync(join(top, 'shop/b/catalog-info.yaml'));
  await collector.until(() => collector.removed.includes('shop//b/catalog-info.yaml'));
  expect(collector.refs).toEqual(['component:default/a']);
});

it('sees new files, new folders, and new and vanished repositories', async () => {
  const top = newFolder();
  newRepository(join(top, 'one'), { 'catalog-info.yaml': component('one') });
  const collector = await watching({ target: top, discovery: false });
  write(top, { 'one/deep/down/catalog-info.yaml': component('down') });
  await collector.until(() => collector.refs.includes('component:default/down'));
  const elsewhere = join(newFolder(), 'two');
  newRepository(elsewhere, { 'catalog-info.yaml': component('two') });
  gitIn(top, 'clone', '--quiet', elsewhere, 'two');
  await collector.until(() => collector.refs.includes('component:default/two'));
  write(top, { 'two/catalog-info.yaml': component('zwei') });
  await collector.until(() => collector.refs.includes('component:default/zwei'));
  rmSync(join(top, 'one'), { recursive: true });
  await collector.until(() => !collector.refs.includes('component:default/one'));
  expect(collector.refs).toEqual(['component:default/zwei']);
});

it('hands over the revision of a new commit, also in a worktree', async () => {
  const top = newFolder();
  const folder = join(top, 'shop');
  newRepository(folder, { 'catalog-info.yaml': component('a') });
  gitIn(folder, 'worktree', 'add', '--quiet', join(top, 'tree'), '-b', 'other');
  for (const path of [folder, join(top, 'tree')]) {
    const collector = await watching({ target: path, discovery: false });
    write(path, { 'readme.md': path });
    const revision = commit(path);
    await collector.until(() => [...collector.parts.values()].every((part) => part.revision === revision));
  }
});

it('reads again what uses a changed file: placeholders and Locations', async () => {
  const top = newFolder();
  write(top, {
    'all.yaml': location('./parts/*.yaml', './api.yaml'),
    'parts/a.yaml': component('a'),
    'api.yaml': api('orders', '$text: ./spec.txt'),
    'spec.txt': 'one',
  });
  const collector = await watching({ target: join(top, 'all.yaml') });
  write(top, { 'spec.txt': 'two' });
  await collector.until(() => collector.of('api:default/orders')[0]?.entity.spec?.definition === 'two');
  write(top, { 'parts/b.yaml': component('b') });
  await collector.until(() => collector.refs.includes('component:default/b'));
  write(top, { 'all.yaml': location('./api.yaml') });
  await collector.until(() => !collector.refs.includes('component:default/a'));
  expect(collector.refs).toEqual(['api:default/orders', 'location:default/all']);
});

it('keeps everything while the source as a whole is away', async () => {
  const outer = newFolder();
  const top = join(outer, 'src');
  newRepository(join(top, 'one'), { 'catalog-info.yaml': component('one') });
  const collector = await watching({ target: top, discovery: false });
  renameSync(top, join(outer, 'away'));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(collector.removed).toEqual([]);
  renameSync(join(outer, 'away'), top);
  await new Promise((resolve) => setTimeout(resolve, 400));
  write(top, { 'one/catalog-info.yaml': component('uno') });
  await collector.until(() => collector.refs.includes('component:default/uno'));
});

it('follows pushes to a bare repository and to a remote', async () => {
  const top = newFolder();
  const work = newFolder();
  newRepository(work, { 'catalog-info.yaml': component('a') });
  gitIn(top, 'clone', '--quiet', '--bare', work, 'a.git');
  gitIn(work, 'remote', 'add', 'origin', join(top, 'a.git'));
  const bare = await watching({ target: top, discovery: false });
  const url = pathToFileURL(join(top, 'a.git')).href;
  const remote = await watching({ target: url, discovery: false, pollSeconds: 0.2 });
  expect(remote.refs).toEqual(['component:default/a']);
  write(work, { 'catalog-info.yaml': component('b') });
  commit(work);
  gitIn(work, 'push', '--quiet', 'origin', 'main');
  for (const collector of [bare, remote]) {
    await collector.until(() => collector.refs.includes('component:default/b'));
    expect(collector.refs).toEqual(['component:default/b']);
  }
});

it('discovers again when a manifest changes', async () => {
  const top = newFolder();
  newRepository(join(top, 'shop'), {
    'package.json': '{"name":"shop","description":"one"}',
    'index.js': 'x()',
  });
  const collector = await watching({ target: top });
  expect(collector.of('component:default/shop')[0]?.confidence).not.toBe('declared');
  write(top, { 'shop/package.json': '{"name":"shop","description":"two"}' });
  await collector.until(
    () => collector.of('component:default/shop')[0]?.entity.metadata.description === 'two',
  );
});
