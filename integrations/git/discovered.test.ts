import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import {
  Collector,
  component,
  gitIn,
  newFolder,
  newRepository,
  readOnce,
  removeFolders,
  write,
} from './source.test-helper.ts';

afterEach(removeFolders);

const nodeService = (name: string) => ({
  'package.json': JSON.stringify({
    name,
    dependencies: { express: '5' },
    scripts: { start: 'node index.js' },
  }),
  'index.js': "require('express')().listen(1);\n",
});

it('finds what nobody described, with its owner and how sure that is', async () => {
  const top = newFolder();
  newRepository(join(top, 'cart'), {
    ...nodeService('cart'),
    CODEOWNERS: '* @acme/team-cart @ann\n',
  });
  gitIn(join(top, 'cart'), 'remote', 'add', 'origin', 'git@github.com:acme/cart.git');
  const { collector, keys } = await readOnce({ target: top });
  const [cart] = collector.of('component:default/cart');
  expect(keys).toEqual(['cart//discovery']);
  expect(cart).toMatchObject({
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'cart',
        annotations: { 'github.com/project-slug': 'acme/cart', 'atrium.dev/repository': 'acme/cart' },
      },
      spec: { lifecycle: 'unknown', owner: 'group:default/team-cart' },
    },
    fields: { 'spec.lifecycle': { confidence: 'guess' }, 'spec.owner': { confidence: 'found' } },
  });
  expect(cart?.confidence).not.toBe('declared');
  expect(cart?.entity.metadata.labels?.['atrium.dev/language']).toBeDefined();
});

it('suggests who made most commits of the last year, as a guess', async () => {
  const folder = join(newFolder(), 'cart');
  newRepository(folder, nodeService('cart'));
  for (const text of ['1', '2', '3']) {
    write(folder, { 'index.js': text });
    gitIn(folder, 'commit', '--quiet', '--all', '--message', text);
  }
  gitIn(
    folder,
    '-c',
    'user.email=dependabot[bot]@x.org',
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'robot',
  );
  const { collector } = await readOnce({ target: folder });
  const [cart] = collector.of('component:default/cart');
  expect(cart?.entity.spec?.owner).toBe('user:default/ann');
  expect(cart?.fields?.['spec.owner']).toEqual({
    confidence: 'guess',
    note: '100 % of the commits of the last year',
  });
  expect(cart?.entity.metadata.annotations?.['atrium.dev/last-commit']).toMatch(/^\d{4}-\d\d-\d\d$/);
});

it('meets the descriptor of the same folder or name instead of making a second record', async () => {
  const top = newFolder();
  newRepository(join(top, 'cart'), {
    ...nodeService('cart-server'),
    'catalog-info.yaml': component('Basket'),
  });
  newRepository(join(top, 'pay'), nodeService('pay'));
  newRepository(join(top, 'catalog'), { 'all/catalog-info.yaml': component('pay') });
  const { collector } = await readOnce({ target: top });
  expect(collector.refs).toEqual(['component:default/basket', 'component:default/pay']);
  const [declared, found] = collector.of('component:default/basket');
  expect([declared?.confidence, found?.confidence === 'declared']).toEqual(['declared', false]);
  expect(found?.entity.metadata.name).toBe('Basket');
  expect(found?.entity.spec).not.toHaveProperty('lifecycle');
  expect(collector.of('component:default/pay')).toHaveLength(2);
});

it('tells equal names of two repositories apart, and stays out of the way of descriptors elsewhere', async () => {
  const top = newFolder();
  const elsewhere = component('api').replace(
    'name: api',
    'name: api\n  annotations: {github.com/project-slug: x/y}',
  );
  newRepository(join(top, 'one'), { 'catalog-info.yaml': elsewhere });
  newRepository(join(top, 'two'), nodeService('api'));
  newRepository(join(top, 'three'), nodeService('api'));
  for (const name of ['two', 'three']) {
    gitIn(join(top, name), 'remote', 'add', 'origin', `https://github.com/acme/${name}.git`);
  }
  const { collector } = await readOnce({ target: top });
  for (const ref of collector.refs) expect(collector.of(ref)).toHaveLength(1);
  expect(collector.refs).toHaveLength(3);
});

it('hands over dependencies between repositories', async () => {
  const top = newFolder();
  newRepository(join(top, 'lib'), {
    'package.json': JSON.stringify({ name: '@acme/lib', version: '1.0.0', main: 'index.js' }),
    'index.js': 'module.exports = 1;\n',
  });
  newRepository(join(top, 'web'), {
    'package.json': JSON.stringify({ name: 'web', dependencies: { '@acme/lib': '1', express: '5' } }),
    'index.js': "require('@acme/lib');\n",
  });
  const collector = new Collector();
  await readOnce({ target: top }, collector);
  const [web] = collector.of('component:default/web');
  expect(web?.entity.spec?.dependsOn).toEqual(['component:default/lib']);
  expect(web?.fields?.['spec.dependsOn']?.note).toBeTruthy();
});
