/** Packs a release as `npm pack` does, looks at what is in it, and runs it. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ask, startPortal } from './portal.ts';

const root = join(import.meta.dirname, '..');
const PACK_MS = 240_000;
let folder: string;
let release: string;
let packed: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-release-'));
  const checkout = join(folder, 'checkout');
  copyCheckout(checkout);
  execFileSync('npm', ['pack', '--pack-destination', folder], { cwd: checkout, stdio: 'pipe' });
  const [archive = ''] = globSync('atrium-*.tgz', { cwd: folder });
  execFileSync('tar', ['-xzf', archive], { cwd: folder });
  release = join(folder, 'package');
  packed = globSync('**/*', { cwd: release, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(release.length + 1));
  expect(existsSync(join(checkout, 'npm-shrinkwrap.json'))).toBe(false);
  symlinkSync(join(root, 'node_modules'), join(release, 'node_modules'));
}, PACK_MS);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A clone with its history, as somebody works in it who makes a release: packages installed, pages built. */
function copyCheckout(to: string): void {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    cpSync(join(root, file), join(to, file));
  }
  execFileSync('git', ['init', '--quiet'], { cwd: to });
  symlinkSync(join(root, 'node_modules'), join(to, 'node_modules'));
  const pages = join(root, 'web/dist');
  if (existsSync(pages)) cpSync(pages, join(to, 'web/dist'), { recursive: true });
}

it('has no history, no tests and no sample, and nothing that only those who work on it need', () => {
  const parts = [...new Set(packed.map((file) => file.split('/', 1)[0]))].sort();
  expect(parts).toEqual([
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'cli',
    'docs',
    'integrations',
    'model',
    'npm-shrinkwrap.json',
    'package.json',
    'server',
    'tools',
    'web',
  ]);
  const unwanted = packed.filter((file) =>
    /(?:^|\/)\.|\.test\.|test-support|test-helper|\.(?:map|tsx|tgz|log)$/.test(file),
  );
  expect(unwanted).toEqual([]);
  expect(packed.filter((file) => /^(?:tools|web)\//.test(file) && !file.startsWith('web/dist/'))).toEqual([
    'tools/build-web.ts',
  ]);
});

it('has what runs: the program, the built pages and exact versions of all that they need', () => {
  expect(packed).toEqual(
    expect.arrayContaining(['cli/atrium.mjs', 'server/start.ts', 'web/dist/index.html', 'docs/openapi.json']),
  );
  const read = (path: string) => readFileSync(path, 'utf8');
  expect(read(join(release, 'npm-shrinkwrap.json'))).toBe(read(join(root, 'package-lock.json')));
});

it(
  'serves what it is told to read, its pages too, and says so when that is nothing',
  async () => {
    const start = join(release, 'server/start.ts');
    const portal = await startPortal(['--memory'], process.env, start);
    try {
      await vi.waitFor(() => expect(portal.said()).toContain('It shows nothing yet'));
      const page = await fetch(`${portal.url}/catalog`);
      expect(await page.text()).toContain('<div id="root">');
      expect(await ask(portal.url, '/api/sources')).toMatchObject({ sample: false, sources: [] });
      expect(await ask(portal.url, '/api/catalog/entities')).toEqual([]);
    } finally {
      await portal.stop();
    }
  },
  PACK_MS,
);

it(
  'has a command line that works',
  () => {
    const file = join(folder, 'catalog-info.yaml');
    writeFileSync(
      file,
      'apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: { name: a }\nspec: { type: team, children: [] }\n',
    );
    const said = execFileSync(process.execPath, [join(release, 'cli/atrium.mjs'), 'validate', file], {
      encoding: 'utf8',
    });
    expect(said).toBe('1 files are valid\n');
  },
  PACK_MS,
);
