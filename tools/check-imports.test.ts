import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkImports } from './check-imports.ts';
import { checkFiles, MAX_LINES } from './file-rules.ts';
import { importRules } from './import-rules.ts';

/** A small tree that keeps every rule; each test breaks one. */
const clean: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'planted',
    type: 'module',
    imports: { '#*': './*' },
    dependencies: { kept: '1.0.0' },
    devDependencies: { helper: '1.0.0' },
  }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: { module: 'nodenext', allowImportingTsExtensions: true },
  }),
  'node_modules/kept/package.json': JSON.stringify({ name: 'kept', version: '1.0.0', main: 'index.js' }),
  'node_modules/kept/index.js': 'module.exports = 1;',
  'node_modules/helper/package.json': JSON.stringify({ name: 'helper', version: '1.0.0', main: 'index.js' }),
  'node_modules/helper/index.js': 'module.exports = 1;',
  'node_modules/stray/package.json': JSON.stringify({ name: 'stray', version: '1.0.0', main: 'index.js' }),
  'node_modules/stray/index.js': 'module.exports = 1;',
  'model/ref.ts': 'export const ref = 1;',
  'model/entity.ts': "import { ref } from './ref.ts'; export const entity = ref;",
  'integrations/registry.ts': "import { git } from './git/index.ts'; export const all = [git];",
  'integrations/git/index.ts': "import { ref } from '#model/ref.ts'; export const git = ref;",
  'integrations/jira/index.ts': "import { ref } from '#model/ref.ts'; export const jira = ref;",
  'server/main.ts':
    "import '../integrations/registry.ts'; import './catalog/index.ts'; import './teams/index.ts'; import '../sample/estate.ts';",
  'server/kernel/http.ts': "import kept from 'kept'; export const http = kept;",
  'server/catalog/index.ts': "import { http } from '../kernel/http.ts'; export const catalog = http;",
  'server/catalog/rows.ts': "import { http } from '../kernel/http.ts'; export const rows = http;",
  'server/catalog/contract.ts': "import { ref } from '#model/ref.ts'; export const contract = ref;",
  'server/teams/index.ts': "import { catalog } from '../catalog/index.ts'; export const teams = catalog;",
  'web/app/main.tsx': "import '../catalog/page.tsx';",
  'web/catalog/page.tsx': "import { api } from '../kit/api.ts'; export const page = api;",
  'web/teams/page.tsx': "import { api } from '../kit/api.ts'; export const page = api;",
  'web/kit/api.ts': "import { contract } from '#server/catalog/contract.ts'; export const api = contract;",
  'cli/main.ts': "import { contract } from '#server/catalog/contract.ts'; export const cli = contract;",
  'sample/estate.ts': "import { ref } from '#model/ref.ts'; export const estate = ref;",
  'tools/check.ts': "import helper from 'helper'; export const check = helper;",
  'bench/bench.ts': "import helper from 'helper'; export const bench = helper;",
  'e2e/catalog.test.ts': "import helper from 'helper'; export const test = helper;",
};

/** By rule: the file to write and what it imports. */
const planted: Record<string, { file: string; text: string }> = {
  'no-cycle': {
    file: 'model/ref.ts',
    text: "import type { entity } from './entity.ts'; export const ref = 1; export type E = typeof entity;",
  },
  'model-is-the-floor': { file: 'model/bad.ts', text: "import '../server/kernel/http.ts';" },
  'integrations-are-islands': { file: 'integrations/git/bad.ts', text: "import '../jira/index.ts';" },
  'only-main-picks-integrations': { file: 'server/other.ts', text: "import '../integrations/registry.ts';" },
  'kernel-knows-no-pillar': { file: 'server/kernel/bad.ts', text: "import '../catalog/index.ts';" },
  'catalog-knows-no-pillar': { file: 'server/catalog/bad.ts', text: "import '../teams/index.ts';" },
  'pillar-by-its-index': { file: 'server/teams/bad.ts', text: "import '../catalog/rows.ts';" },
  'root-is-the-top': { file: 'server/teams/bad.ts', text: "import '../main.ts';" },
  'contract-is-pure': {
    file: 'server/catalog/contract.ts',
    text: "import './rows.ts'; export const contract = 1;",
  },
  'clients-see-contracts': { file: 'web/catalog/bad.ts', text: "import '#server/catalog/rows.ts';" },
  'pages-are-islands': { file: 'web/catalog/bad.ts', text: "import '../teams/page.tsx';" },
  'kit-knows-no-page': { file: 'web/kit/bad.ts', text: "import '../catalog/page.tsx';" },
  'sample-stands-alone': { file: 'sample/bad.ts', text: "import '../server/kernel/http.ts';" },
  'only-the-root-picks-the-sample': { file: 'server/teams/bad.ts', text: "import '../../sample/estate.ts';" },
  'product-without-tools': { file: 'server/teams/bad.ts', text: "import '../../tools/check.ts';" },
  'measured-from-outside': { file: 'bench/bad.ts', text: "import '../server/catalog/rows.ts';" },
  'product-without-test-parts': { file: 'server/teams/bad.ts', text: "import './x.test.ts';" },
  'product-without-dev-dependencies': { file: 'server/teams/bad.ts', text: "import 'helper';" },
  'no-unlisted-package': { file: 'server/teams/bad.ts', text: "import 'stray';" },
  resolvable: { file: 'server/teams/bad.ts', text: "import './nowhere.ts';" },
  'no-orphan': { file: 'server/teams/alone.ts', text: 'export const alone = 1;' },
};

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'atrium-imports-'));
  for (const [file, text] of Object.entries(clean)) write(file, text);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

describe('the import rules', () => {
  it('pass a tree that keeps them, and have read it', async () => {
    const { modules, violations } = await checkImports(root);
    expect(violations).toEqual([]);
    expect(modules).toBeGreaterThanOrEqual(Object.keys(clean).filter((file) => /\.tsx?$/.test(file)).length);
  });

  it('each have a planted violation here', () => {
    expect(Object.keys(planted).sort()).toEqual(importRules.map(({ name }) => name).sort());
  });

  it.each(Object.entries(planted))('%s catches its own', async (name, { file, text }) => {
    write('server/teams/x.test.ts', "import './index.ts';");
    write(file, text);
    const { violations } = await checkImports(root);
    expect(violations.map(({ rule }) => rule)).toContain(name);
  });
});

describe('the file rules', () => {
  it('pass short files', () => {
    expect(checkFiles(root).problems).toEqual([]);
  });

  it.each([
    ['file-length', 'model/long.ts', 'export {};\n'.repeat(MAX_LINES + 1)],
    ['file-length', 'web/kit/long.css', 'a {}\n'.repeat(MAX_LINES + 1)],
    ['no-suppression', 'model/quiet.ts', ['// biome-', 'ignore lint: no'].join('')],
    ['no-suppression', 'model/quiet.ts', ['// @ts-', 'expect-error'].join('')],
    ['no-open-task', 'model/later.ts', ['// TO', 'DO'].join('')],
  ])('%s is caught in %s', (rule, file, text) => {
    write(file, text);
    expect(checkFiles(root).problems).toMatchObject([{ rule, file }]);
  });

  it('leave the sample estate alone', () => {
    write('sample/estate/shop/long.ts', 'export {};\n'.repeat(MAX_LINES + 1));
    expect(checkFiles(root).problems).toEqual([]);
  });
});
