import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { annotations } from '#model/entity.ts';
import {
  api,
  component,
  gitIn,
  location,
  newFolder,
  newRepository,
  readOnce as read,
  removeFolders,
  write,
} from './source.test-helper.ts';

afterEach(removeFolders);

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
    'templates/b/skeleton/catalog-info.yaml': component(`$\{{ values.name }}`),
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
