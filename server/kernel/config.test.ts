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
    'sources:\n  - target: ./repos\n  - target: https://example.com/a/b.git\nport: 8000\n',
  );
  const { sources, port } = readConfig(path);
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

it('says so when there is no such file', () => {
  expect(() => readConfig('/nowhere/atrium.yaml')).toThrow(/can't be read/);
});
