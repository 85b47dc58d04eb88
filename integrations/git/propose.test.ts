import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ProposedChange } from '#model/integration.ts';
import { editOwner } from '#model/owner-edit.ts';
import type { GitConfig } from './config.ts';
import { git } from './index.ts';
import {
  Collector,
  commit,
  component,
  gitIn,
  newFolder,
  newRepository,
  removeFolders,
  write,
} from './source.test-helper.ts';

afterAll(removeFolders);

const several = `# who we are
${component('cart', '  definition:\n    $text: ./openapi.yaml # kept apart')}
--- # and another
${component('tax')}`;

const base: Omit<ProposedChange, 'part'> = {
  edit: (text) => {
    const edit = editOwner(text, 'component:default/cart', { ref: 'group:default/team-b', name: 'team-b' });
    if ('reason' in edit) throw new Error(edit.reason);
    return edit.text;
  },
  branch: 'atrium/owner-of-cart',
  title: 'team-b owns cart',
  body: 'They build it.',
  author: { name: 'Ada', email: 'ada@example.com' },
  at: new Date('2026-03-01T12:00:00Z'),
  readOnly: false,
};

async function opened(config: GitConfig) {
  const source = git.create({ discovery: false, ...config });
  const collector = new Collector();
  await source.read(collector.context);
  return {
    collector,
    propose: (part: string, more: Partial<ProposedChange> = {}) =>
      source.propose?.({ ...base, part, ...more }),
  };
}

const changedLine = /^-.*owner: team-a\n\+.*owner: team-b$/m;

describe('a change of a file in a checkout', () => {
  test('is a branch with one commit that changes one line, and leaves what is being worked on alone', async () => {
    const folder = join(newFolder(), 'shop');
    newRepository(folder, {
      'services/catalog-info.yaml': several,
      'services/openapi.yaml': 'a: 1',
      'b.txt': 'b',
    });
    write(folder, { 'b.txt': 'staged' });
    gitIn(folder, 'add', 'b.txt');
    write(folder, {
      'b.txt': 'not staged',
      'new.txt': 'new',
      'services/catalog-info.yaml': `${several}# mine\n`,
    });
    const before = [
      gitIn(folder, 'status', '--porcelain'),
      gitIn(folder, 'diff'),
      gitIn(folder, 'diff', '--cached'),
    ];
    const { propose } = await opened({ target: folder });

    const proposal = await propose('shop//services/catalog-info.yaml');

    expect(proposal).toMatchObject({
      repository: 'shop',
      path: 'services/catalog-info.yaml',
      branch: 'atrium/owner-of-cart',
    });
    expect(proposal?.patch).toMatch(changedLine);
    expect(gitIn(folder, 'diff', '--numstat', 'HEAD', 'atrium/owner-of-cart')).toBe(
      '1\t1\tservices/catalog-info.yaml',
    );
    expect(gitIn(folder, 'show', 'atrium/owner-of-cart:services/catalog-info.yaml')).toBe(
      several.replace('team-a', 'team-b').trim(),
    );
    expect(gitIn(folder, 'log', '--format=%an <%ae> %at %cn: %B', 'HEAD..atrium/owner-of-cart')).toBe(
      'Ada <ada@example.com> 1772366400 Atrium: team-b owns cart\n\nThey build it.',
    );
    const after = [
      gitIn(folder, 'status', '--porcelain'),
      gitIn(folder, 'diff'),
      gitIn(folder, 'diff', '--cached'),
    ];
    expect(after).toEqual(before);
    expect(readFileSync(join(folder, 'b.txt'), 'utf8')).toBe('not staged');
    expect(gitIn(folder, 'fsck', '--strict')).toBe('');
  });
});

describe('a change of a file', () => {
  test('is none when the file says so already', async () => {
    const folder = join(newFolder(), 'shop');
    newRepository(folder, { 'catalog-info.yaml': component('cart').replace('team-a', 'team-b') });
    const { propose } = await opened({ target: folder });
    expect(await propose('shop//catalog-info.yaml')).toBeUndefined();
    expect(gitIn(folder, 'branch', '--list', 'atrium/*')).toBe('');
  });

  test('never moves a branch that is there', async () => {
    const folder = join(newFolder(), 'shop');
    newRepository(folder, { 'catalog-info.yaml': component('cart') });
    gitIn(folder, 'branch', 'atrium/owner-of-cart');
    const at = gitIn(folder, 'rev-parse', 'atrium/owner-of-cart');
    const { propose } = await opened({ target: folder });
    const proposal = await propose('shop//catalog-info.yaml');
    expect(proposal?.branch).toBeUndefined();
    expect(proposal?.note).toMatch(/already exists/);
    expect(proposal?.patch).toMatch(changedLine);
    expect(gitIn(folder, 'rev-parse', 'atrium/owner-of-cart')).toBe(at);
  });

  test('runs no hook, and no filter or diff of the repository', async () => {
    const folder = join(newFolder(), 'shop');
    newRepository(folder, {
      'catalog-info.yaml': component('cart'),
      '.gitattributes': '*.yaml filter=evil diff=evil\n',
      'hooks/reference-transaction': `#!/bin/sh\ntouch ${folder}/ran-hook\n`,
    });
    gitIn(folder, 'config', 'core.hooksPath', 'hooks');
    gitIn(folder, 'config', 'filter.evil.clean', `touch ${folder}/ran-filter; cat`);
    gitIn(folder, 'config', 'diff.evil.command', `touch ${folder}/ran-diff`);
    gitIn(folder, 'config', 'diff.evil.textconv', `touch ${folder}/ran-conv; cat`);
    gitIn(folder, 'config', 'diff.external', `touch ${folder}/ran-external`);
    const { propose } = await opened({ target: folder });
    const proposal = await propose('shop//catalog-info.yaml');
    expect(proposal?.branch).toBe('atrium/owner-of-cart');
    expect(proposal?.patch).toMatch(changedLine);
    expect(gitIn(folder, 'ls-files', '--others')).toBe('');
  });
});

describe('a change of a file elsewhere', () => {
  test('is a branch of a bare repository', async () => {
    const folder = newFolder();
    newRepository(join(folder, 'work'), { 'catalog-info.yaml': several });
    gitIn(folder, 'clone', '--quiet', '--bare', 'work', 'shop.git');
    const { propose } = await opened({ target: join(folder, 'shop.git') });
    const proposal = await propose('shop//catalog-info.yaml');
    expect(proposal?.branch).toBe('atrium/owner-of-cart');
    expect(gitIn(join(folder, 'shop.git'), 'diff', '--numstat', 'HEAD', 'atrium/owner-of-cart')).toBe(
      '1\t1\tcatalog-info.yaml',
    );
  });

  test('is pushed to where a clone came from', async () => {
    const folder = newFolder();
    newRepository(join(folder, 'work'), { 'catalog-info.yaml': several, 'other.bin': 'not fetched' });
    gitIn(folder, 'clone', '--quiet', '--bare', 'work', 'shop.git');
    const origin = join(folder, 'shop.git');
    gitIn(origin, 'config', 'uploadpack.allowFilter', 'true');
    const { propose, collector } = await opened({ target: `file://${origin}` });
    const [part = ''] = collector.parts.keys();
    const proposal = await propose(part);
    expect(proposal?.branch).toBe('atrium/owner-of-cart');
    expect(gitIn(origin, 'diff', '--numstat', 'HEAD', 'atrium/owner-of-cart')).toBe(
      '1\t1\tcatalog-info.yaml',
    );
  });

  test('is a patch where the push fails', async () => {
    const folder = newFolder();
    newRepository(join(folder, 'work'), { 'catalog-info.yaml': several });
    gitIn(folder, 'clone', '--quiet', '--bare', 'work', 'shop.git');
    const origin = join(folder, 'shop.git');
    const { propose, collector } = await opened({ target: `file://${origin}` });
    rmSync(origin, { recursive: true });
    const proposal = await propose([...collector.parts.keys()][0] ?? '');
    expect(proposal?.branch).toBeUndefined();
    expect(proposal?.note).toMatch(/^To be applied by hand: git push/);
    expect(proposal?.patch).toMatch(changedLine);
  });
});

describe('a change that no repository takes', () => {
  test('is a patch that applies, for a folder without git and for a file in no commit', async () => {
    const folder = join(newFolder(), 'plain');
    write(folder, { 'a/catalog-info.yaml': several });
    const plain = await (await opened({ target: folder })).propose('plain//a/catalog-info.yaml');
    expect(plain?.branch).toBeUndefined();
    expect(plain?.note).toBe('To be applied by hand: the file is in no commit.');
    newRepository(folder, { 'README.md': 'x' });
    gitIn(folder, 'rm', '--quiet', '--cached', 'a/catalog-info.yaml');
    gitIn(folder, 'commit', '--quiet', '--message', 'forget it');
    const untracked = await (await opened({ target: folder })).propose('plain//a/catalog-info.yaml');
    expect(untracked?.patch).toBe(plain?.patch);
    write(folder, { 'owner.patch': plain?.patch ?? '' });
    gitIn(folder, 'apply', 'owner.patch');
    expect(readFileSync(join(folder, 'a/catalog-info.yaml'), 'utf8')).toBe(
      several.replace('team-a', 'team-b'),
    );
  });

  test('is a patch where nothing may be written', async () => {
    const folder = join(newFolder(), 'shop');
    newRepository(folder, { 'catalog-info.yaml': component('cart') });
    const { propose } = await opened({ target: folder });
    const proposal = await propose('shop//catalog-info.yaml', { readOnly: true });
    expect(proposal?.branch).toBeUndefined();
    expect(proposal?.patch).toMatch(changedLine);
    expect(gitIn(folder, 'branch', '--list', 'atrium/*')).toBe('');
  });
});

describe('what can’t be changed', () => {
  test('is refused with the reason', async () => {
    const folder = join(newFolder(), 'shop');
    newRepository(folder, { 'catalog-info.yaml': component('other'), 'real.yaml': component('cart') });
    symlinkSync('real.yaml', join(folder, 'link.yaml'));
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from(`# \u00e4\n${component('cart')}`, 'latin1'));
    commit(folder);
    const { propose } = await opened({ target: folder });
    const refusal = (part: string) => expect(propose(part)).rejects;
    await refusal('elsewhere//catalog-info.yaml').toThrow('has no repository elsewhere now');
    await refusal('shop//none.yaml').toThrow('shop has no file none.yaml');
    await refusal('shop//../shop/catalog-info.yaml').toThrow();
    await refusal('shop//catalog-info.yaml').toThrow('no readable document');
    await refusal('shop//latin.yaml').toThrow('latin.yaml is not written in UTF-8');
    // A link is no text of its own: what it leads to is given as a patch, and nothing is written.
    expect((await propose('shop//link.yaml'))?.branch).toBeUndefined();
  });
});
