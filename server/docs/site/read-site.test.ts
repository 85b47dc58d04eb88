import { afterAll, expect, it } from 'vitest';
import { fileTools } from '#integrations/registry.ts';
import {
  gitIn,
  newFolder,
  newRepository,
  removeFolders,
  write,
} from '../../../integrations/git/source.test-helper.ts';
import type { NavNode } from '../contract.ts';
import { readSite } from './read-site.ts';
import type { SiteRequest } from './site.ts';

afterAll(removeFolders);

function request(folder: string, more: Partial<SiteRequest> = {}): SiteRequest {
  return {
    ref: 'component:default/pay',
    title: 'Pay',
    place: { folder, path: '', bare: false },
    version: undefined,
    decisions: undefined,
    host: null,
    links: [],
    ...more,
  };
}

async function siteOf(files: Record<string, string>, more: Partial<SiteRequest> = {}) {
  const folder = newFolder();
  newRepository(folder, files);
  const site = await readSite(fileTools, request(folder, more));
  if (!site) throw new Error('There is no site');
  return site;
}

/** The navigation as an outline: `Title (address)`. */
function outline(nodes: readonly NavNode[], depth = 0): string[] {
  return nodes.flatMap(({ title, page, href, children = [] }) => [
    `${'  '.repeat(depth)}${title}${page === undefined ? (href === undefined ? '' : ` -> ${href}`) : ` (${page})`}`,
    ...outline(children, depth + 1),
  ]);
}

it('reads the navigation of mkdocs.yml, whatever tags it has', async () => {
  const site = await siteOf({
    'mkdocs.yml': [
      'site_name: Payments',
      'site_description: How money moves',
      'docs_dir: pages',
      'theme: { icon: !ENV [ICON, x] }',
      'markdown_extensions:',
      '  - pymdownx.emoji: { emoji_index: !!python/name:material.extensions.emoji.twemoji }',
      'nav:',
      '  - index.md',
      '  - Guides:',
      '      - Set up: guide/setup.md',
      '      - guide/run.md',
      '  - Elsewhere: https://example.com/',
      '  - Gone: gone.md',
    ].join('\n'),
    'pages/index.md': '# Welcome\n',
    'pages/guide/setup.md': '# Setting up',
    'pages/guide/run.md': '---\ntitle: Running it\n---\n# Other',
    'pages/unlisted.md': 'Text',
  });
  expect(site).toMatchObject({ form: 'site', title: 'Payments', description: 'How money moves' });
  expect(outline(site.nav)).toEqual([
    'Welcome ()',
    'Guides',
    '  Set up (guide/setup)',
    '  Running it (guide/run)',
    'Elsewhere -> https://example.com/',
  ]);
  expect(site.order).toEqual(['', 'guide/setup', 'guide/run']);
  expect([...site.pages.keys()].sort()).toEqual(['', 'guide/run', 'guide/setup', 'unlisted']);
  expect(site.notices).toMatchObject([
    { message: 'The navigation names gone.md, which is not there', line: 13 },
  ]);
});

it('shows a folder of pages by folders, index first', async () => {
  const site = await siteOf({
    'docs/zebra.md': '# Zebra',
    'docs/how-to/deploy_it.md': 'No heading',
    'docs/how-to/README.md': '# How to',
    'docs/index.md': '# Start',
    'docs/img/a.png': 'x',
    'README.md': '# Pay\nSee [deploying](docs/how-to/deploy_it.md)',
    'CHANGELOG.md': '# Changelog',
  });
  expect(site.form).toBe('folder');
  expect(outline(site.nav)).toEqual([
    'Start ()',
    'Zebra (zebra)',
    'How to',
    '  How to (how-to)',
    '  Deploy it (how-to/deploy_it)',
    'Pay (README)',
    'Changelog (CHANGELOG)',
  ]);
  expect(site.moved.get('docs/how-to/deploy_it')).toBe('how-to/deploy_it');
  expect(site.files.has('img/a.png') && site.files.has('docs/img/a.png')).toBe(true);
});

it('takes the README where there is no docs folder, and for the front page where that has none', async () => {
  const alone = await siteOf({ 'README.md': '# Alone', 'src/app.ts': '' });
  expect(alone.form).toBe('readme');
  expect(outline(alone.nav)).toEqual(['Alone ()']);
  const front = await siteOf({ 'README.md': '# Front', 'docs/guide.md': '# Guide' });
  expect(outline(front.nav)).toEqual(['Front ()', 'Guide (guide)']);
});

it('gathers decisions with status and date, and runbooks, wherever they lie', async () => {
  const site = await siteOf({
    'docs/index.md': '# Start',
    'adr/0001-use-git.md': '# Use git\n\nDate: 2024-03-05\n\n## Status\n\nAccepted\n',
    'adr/0002-use-svn.md': '---\nstatus: superseded by 0003\ndate: 2025-01-02\n---\n# Use SVN',
    'runbooks/high-error-rate.md': '---\nalerts: [HighErrorRate]\n---\n# High error rate',
  });
  expect(outline(site.nav)).toEqual([
    'Start ()',
    'Runbooks',
    '  High error rate (runbooks/high-error-rate)',
    'Decisions',
    '  Use git (adr/0001-use-git)',
    '  Use SVN (adr/0002-use-svn)',
  ]);
  expect(site.nav.at(-1)?.children).toMatchObject([
    { mark: 'decision', status: 'accepted', date: '2024-03-05' },
    { mark: 'decision', status: 'superseded', date: '2025-01-02' },
  ]);
  expect(site.pages.get('runbooks/high-error-rate')?.alerts).toEqual(['HighErrorRate']);
});

it('includes the sites of a monorepo', async () => {
  const site = await siteOf({
    'mkdocs.yml':
      "site_name: All\nnav:\n  - Home: index.md\n  - Carts: '!include ./carts/mkdocs.yml'\n  - '*include ./libs/*/mkdocs.yml'\n  - Gone: !include ./gone/mkdocs.yml",
    'docs/index.md': '# All',
    'carts/mkdocs.yml': 'site_name: Cart Service\nnav:\n  - Start: index.md\n  - Ops: ops/run.md',
    'carts/docs/index.md': '# Carts',
    'carts/docs/ops/run.md': '# Run',
    'libs/money/mkdocs.yml': 'site_name: money',
    'libs/money/docs/index.md': '# Money',
  });
  expect(outline(site.nav)).toEqual([
    'Home ()',
    'Carts',
    '  Start (cart-service)',
    '  Ops (cart-service/ops/run)',
    'money',
    '  Money (money)',
  ]);
  expect(site.pages.get('cart-service/ops/run')?.real).toBe('carts/docs/ops/run.md');
  expect(site.notices).toMatchObject([
    { message: 'mkdocs.yml includes ./gone/mkdocs.yml, which is not there' },
  ]);
});

it('reads another version, and a bare repository', async () => {
  const folder = newFolder();
  newRepository(folder, { 'docs/index.md': '# Old', 'docs/old.md': '# Gone since' });
  gitIn(folder, 'tag', 'v1');
  write(folder, { 'docs/index.md': '# New' });
  gitIn(folder, 'rm', '--quiet', 'docs/old.md');
  const now = await readSite(fileTools, request(folder));
  const before = await readSite(fileTools, request(folder, { version: 'v1' }));
  expect([now, before].map((site) => outline(site?.nav ?? []))).toEqual([
    ['New ()'],
    ['Old ()', 'Gone since (old)'],
  ]);
  expect(before?.pages.get('old')?.folder.context.query).toBe('?version=v1');
});

it('says what is wrong with mkdocs.yml, and shows the pages all the same', async () => {
  const site = await siteOf({
    'mkdocs.yml': 'site_name: [\nnav: {',
    'docs/index.md': '# Here',
    'docs/a.md': '# A',
  });
  expect(outline(site.nav)).toEqual(['Here ()', 'A (a)']);
  expect(site.notices[0]).toMatchObject({ path: 'mkdocs.yml', line: 2 });
});

it('never leaves the folder, whatever a configuration says', async () => {
  const folder = newFolder();
  newRepository(folder, {
    'secret/plan.md': '# Plan',
    'pay/mkdocs.yml': 'docs_dir: ../secret\nnav:\n  - "!include ../secret/mkdocs.yml"\n  - ../../etc/passwd',
    'pay/docs/index.md': '# Pay',
  });
  const site = await readSite(fileTools, request(folder, { place: { folder, path: 'pay', bare: false } }));
  expect([...(site?.pages.values() ?? [])].map(({ real }) => real)).toEqual(['docs/index.md']);
});

it('is no site where there is no page', async () => {
  const folder = newFolder();
  newRepository(folder, { 'src/app.ts': '' });
  expect(await readSite(fileTools, request(folder))).toBeUndefined();
});
