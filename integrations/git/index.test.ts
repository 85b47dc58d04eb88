import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { annotations } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import type { GitConfig } from './config.ts';
import { git } from './index.ts';
import {
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

afterEach(removeFolders);

async function read(config: GitConfig, collector = new Collector()) {
  const keys = await git.create(config).read(collector.context);
  return { collector, keys };
}

describe('what a target may be', () => {
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
    expect(keys.sort()).toEqual([
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
});

describe('descriptor files', () => {
  it('follows Locations with globs, once each, through circles, and says what is missing', async () => {
    const folder = newFolder();
    write(folder, {
      'all.yaml': location(
        './parts/*.yaml',
        'more/all.yaml',
        './none.yaml',
        '../outside.yaml',
        'https://x.org/a.yaml',
      ),
      'parts/a.yaml': component('a'),
      'parts/b.yaml': component('b'),
      'more/all.yaml': location('../all.yaml', '../parts/a.yaml').replace('name: all', 'name: more'),
      'unnamed.yaml': component('unnamed'),
    });
    const { collector, keys } = await read({ target: join(folder, 'all.yaml') });
    expect(collector.refs).toEqual([
      'component:default/a',
      'component:default/b',
      'location:default/all',
      'location:default/more',
    ]);
    expect(keys).toHaveLength(4);
    const problems = collector.of('location:default/all')[0]?.problems ?? [];
    expect(problems.map(({ field, line }) => [field, line])).toEqual([
      ['spec.targets.2', 9],
      ['spec.targets.3', 10],
      ['spec.targets.4', 11],
    ]);
    const [a] = collector.of('component:default/a');
    expect(a?.entity.metadata.annotations?.[annotations.managedByOrigin]).toBe(`file:${folder}/all.yaml`);
  });

  it('is silent on a missing target that is optional', async () => {
    const folder = newFolder();
    write(folder, { 'all.yaml': `${location('./none.yaml')}  presence: optional\n` });
    const { collector } = await read({ target: join(folder, 'all.yaml') });
    expect(collector.of('location:default/all')[0]?.problems).toBeUndefined();
  });

  it('keeps the good documents of a file with bad ones, and names entity and place of each mistake', async () => {
    const folder = newFolder();
    const bad = component('bad').replace('  owner: team-a\n', '');
    write(folder, {
      'catalog-info.yaml': `${component('good')}---\n${bad}---\n a: [b\n---\n${component('good')}`,
      'x/catalog-info.yaml': component('other'),
    });
    const { collector } = await read({ target: folder, discovery: false });
    expect(collector.refs).toEqual(['component:default/good', 'component:default/other']);
    const problems = collector.problems;
    expect(problems.find(({ field }) => field?.startsWith('spec'))).toMatchObject({
      level: 'error',
      ref: 'component:default/bad',
      path: 'catalog-info.yaml',
      line: 14,
    });
    expect(problems.some(({ line, column }) => (line ?? 0) > 16 && column !== undefined)).toBe(true);
    expect(problems.some(({ message }) => message.includes('twice'))).toBe(true);
  });

  it('reads placeholders within the repository and refuses all others', async () => {
    const top = newFolder();
    write(top, { 'secret.txt': 'secret' });
    newRepository(join(top, 'api'), {
      'ok/catalog-info.yaml': api('ok', '$text: ../spec.json'),
      'spec.json': '{"a":1}',
      'up/catalog-info.yaml': api('up', '$text: ../../secret.txt'),
      'abs/catalog-info.yaml': api('abs', `$text: ${top}/secret.txt`),
      'net/catalog-info.yaml': api('net', '$text: http://127.0.0.1:1/x'),
      'link/catalog-info.yaml': api('link', '$text: ./linked.txt'),
      'dir/catalog-info.yaml': api('dir', '$text: ./linked/secret.txt'),
    });
    symlinkSync(join(top, 'secret.txt'), join(top, 'api/link/linked.txt'));
    symlinkSync(top, join(top, 'api/dir/linked'));
    symlinkSync(join(top, 'secret.txt'), join(top, 'api/catalog-info.yaml'));
    const { collector } = await read({ target: join(top, 'api'), discovery: false });
    expect(collector.refs).toEqual(['api:default/ok']);
    expect(collector.of('api:default/ok')[0]?.entity.spec?.definition).toBe('{"a":1}');
    expect(collector.problems.filter(({ level }) => level === 'error')).toHaveLength(6);
    expect(JSON.stringify([...collector.parts.values()])).not.toContain('"secret"');
  });

  it('passes over the skeletons of Templates', async () => {
    const folder = newFolder();
    const template = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: service
spec:
  type: service
  steps:
    - id: fetch
      action: fetch:template
      input:
        url: ./content
        values:
          name: \${{ parameters.name }}
`;
    write(folder, {
      'templates/a/catalog-info.yaml': template,
      'templates/a/content/catalog-info.yaml': component('plain'),
      'templates/b/skeleton/catalog-info.yaml': component('${{ values.name }}'),
      'templates/c/skeleton/catalog-info.yaml': component('{{ cookiecutter.name }}'),
      'templates/d/template.yaml': template.replace('name: service', 'name: d'),
      'templates/d/content/catalog-info.yaml': component('d-plain'),
    });
    const { collector } = await read({ target: folder, discovery: false });
    expect(collector.refs).toEqual(['template:default/service']);
    expect(collector.problems.map(({ level }) => level)).toEqual(['info', 'info', 'info', 'info']);
  });

  it('adds the locations of the host where the repository lives; the author has the last word', async () => {
    const folder = join(newFolder(), 'cart');
    newRepository(folder, { 'svc/catalog-info.yaml': component('cart') });
    gitIn(folder, 'remote', 'add', 'origin', 'https://token@github.com/acme/cart.git');
    const first = await read({ target: folder, discovery: false });
    expect(first.collector.of('component:default/cart')[0]?.entity.metadata.annotations).toEqual({
      [annotations.managedBy]: 'url:https://github.com/acme/cart/blob/main/svc/catalog-info.yaml',
      [annotations.managedByOrigin]: 'url:https://github.com/acme/cart/blob/main/svc/catalog-info.yaml',
      [annotations.sourceLocation]: 'url:https://github.com/acme/cart/tree/main/svc/',
      [annotations.viewUrl]: 'https://github.com/acme/cart/blob/main/svc/catalog-info.yaml',
      [annotations.editUrl]: 'https://github.com/acme/cart/edit/main/svc/catalog-info.yaml',
    });
    const written = component('cart').replace(
      'name: cart',
      `name: cart\n  annotations: {${annotations.viewUrl}: mine}`,
    );
    write(folder, { 'svc/catalog-info.yaml': written });
    const second = await read({ target: folder, discovery: false });
    const own = second.collector.of('component:default/cart')[0]?.entity.metadata.annotations;
    expect(own?.[annotations.viewUrl]).toBe('mine');
  });
});

describe('what can not be read', () => {
  it('fails one repository with its parts and reads the others', async () => {
    const top = newFolder();
    newRepository(join(top, 'a'), { 'catalog-info.yaml': component('a') });
    newRepository(join(top, 'b'), { 'catalog-info.yaml': component('b') });
    const collector = new Collector();
    await read({ target: top, discovery: false }, collector);
    renameSync(join(top, 'b/.git'), join(top, 'b/git'));
    mkdirSync(join(top, 'b/.git'));
    // A new process knows of the parts only by what it kept.
    const { keys } = await read({ target: top, discovery: false }, collector);
    expect(keys.sort()).toEqual(['a//catalog-info.yaml', 'b//catalog-info.yaml']);
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
});

describe('many entities', () => {
  it('reads them in threads, in order and complete', async () => {
    const folder = newFolder();
    const files: Record<string, string> = {};
    for (let index = 0; index < 1500; index++) files[`s${index}/catalog-info.yaml`] = component(`s${index}`);
    write(folder, files);
    const { collector, keys } = await read({ target: folder, discovery: false });
    expect(keys).toHaveLength(1500);
    expect(collector.refs).toHaveLength(1500);
  });
});

function api(name: string, definition: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: ${name}
spec:
  type: openapi
  lifecycle: production
  owner: team-a
  definition:
    ${definition}
`;
}
