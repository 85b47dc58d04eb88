import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tableRows } from './doc-table.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Manifest;
const [toRun = '', toBuild = ''] = read('docs/decisions/dependencies.md').split('## ').slice(1);
const byName = (a: string, b: string) => (a < b ? -1 : 1);

describe('docs/decisions/dependencies.md', () => {
  it.each([
    ['to run', toRun, dependencies],
    ['to build, test and measure', toBuild, devDependencies],
  ])('has a line with a reason for each package %s, and no other', (_which, section, packages) => {
    const rows = tableRows(section);
    expect(rows.map(([name = '']) => name).sort(byName)).toEqual(Object.keys(packages).sort(byName));
    for (const [name, why = ''] of rows) expect(why.length, `the reason for ${name}`).toBeGreaterThan(4);
  });
});

describe('package.json', () => {
  it.each(Object.entries({ ...dependencies, ...devDependencies }))('pins %s', (_name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });
});

describe('package-lock.json', () => {
  it('names no host that packages come from', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/);
  });
});
