import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

function configFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'atrium-config-')), 'atrium.yaml');
  writeFileSync(path, text);
  return path;
}

it('reads a file and makes its paths relative to its own folder', () => {
  const path = configFile(
    'sources:\n  - target: ./repos\n  - target: https://example.com/a/b.git\nport: 8000\ntls: { certificate: a.pem, key: /b.key }\n',
  );
  const { sources, port, tls } = readConfig(path);
  expect(tls).toEqual({ certificate: join(path, '../a.pem'), key: '/b.key' });
  expect(port).toBe(8000);
  expect(sources[0]?.target).toBe(join(path, '../repos'));
  expect(sources[1]?.target).toBe('https://example.com/a/b.git');
});

it.each([
  ['port: yes please\n', /atrium\.yaml:1:7: port: /],
  ['sources:\n  - target: x\n    promiseSeconds: 1\n', /atrium\.yaml:3:21: sources\.0\.promiseSeconds: /],
  ['sources:\n  - id: x\n', /atrium\.yaml:2:5: sources\.0\.target: /],
  ['colour: red\n', /atrium\.yaml:1:1: the file: .*colour/],
  ['a: [1\n', /atrium\.yaml:\d+:\d+: /],
])('names file, line and column of %j', (text, message) => {
  expect(() => readConfig(configFile(text))).toThrow(message);
});

const access = (text: string) => `access:\n  defaultRole: viewer\n${text}`;

it.each([
  ['  grants:\n    - role: admin\n', /atrium\.yaml:4:7: access\.grants\.0: names neither groups nor people/],
  ['  grants:\n    - { role: owner, people: [ada] }\n', /atrium\.yaml:4:15: access\.grants\.0\.role: /],
  [
    '  grants:\n    - { role: admin, people: [group:ada] }\n',
    /atrium\.yaml:4:31: access\.grants\.0\.people\.0: group:ada is of the kind group, where a user is needed/,
  ],
  [
    '  rules:\n    - effect: deny\n      permissions: [catalog.nothing]\n',
    /atrium\.yaml:5:21: access\.rules\.0\.permissions\.0: there is no permission catalog\.nothing/,
  ],
  ['  rules:\n    - { effect: deny, permissions: [xyz.*] }\n', /there is no permission xyz\.\*/],
  [
    '  rules:\n    - effect: deny\n      permissions: [source.*]\n      kinds: [API]\n',
    /atrium\.yaml:6:14: access\.rules\.0\.kinds: can't hold for source\.read, which is not about one entity/,
  ],
  [
    '  rules:\n    - { effect: allow, permissions: [source.sync], owned: true }\n',
    /access\.rules\.0\.owned: can't hold for source\.sync/,
  ],
  [
    '  rules:\n    - { effect: allow, permissions: [source.sync], roles: [viewer, owner] }\n',
    /access\.rules\.0\.roles\.1: owner can't hold for source\.sync/,
  ],
  [
    '  rules:\n    - { effect: deny, permissions: [debt.write], kinds: [Teapot] }\n',
    /access\.rules\.0\.kinds\.0: there is no kind Teapot/,
  ],
  [
    '  rules:\n    - { effect: allow, permissions: [debt.write], groups: [] }\n',
    /atrium\.yaml:4:\d+: access\.rules\.0\.groups: is empty/,
  ],
])('refuses access that can mean nothing: %j', (text, message) => {
  expect(() => readConfig(configFile(access(text)))).toThrow(message);
});

it('takes rules about the kinds that the configuration adds', () => {
  const kind =
    'kinds:\n  - { kind: Dataset, plural: Datasets, apiVersions: [example.com/v1], spec: { type: object } }\n';
  const rules =
    '  rules:\n    - { effect: deny, permissions: [debt.write], kinds: [dataset], owned: false }\n';
  expect(readConfig(configFile(kind + access(rules))).access.rules).toHaveLength(1);
});

it('says so when there is no such file', () => {
  expect(() => readConfig('/nowhere/atrium.yaml')).toThrow(/can't be read/);
});
