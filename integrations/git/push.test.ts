/** Folders pushed to real bare repositories, and taken back. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import type { Commit } from '#model/repositories.ts';
import { ensureBareRepository, pushFolder, removeBareRepository, removeBranch } from './push.ts';
import { gitIn, newFolder, removeFolders, write } from './source.test-helper.ts';

afterEach(removeFolders);

async function newTarget() {
  const folder = join(newFolder(), 'cart.git');
  const address = pathToFileURL(folder).href;
  expect(await ensureBareRepository(address, 'main', 'run/1')).toBe(true);
  // Its process ended before it could tell.
  expect(await ensureBareRepository(address, 'main', 'run/1')).toBe(true);
  expect(await ensureBareRepository(address, 'main', 'run/2')).toBe(false);
  return { folder, address };
}

function commitOf(files: Record<string, string>, more: Partial<Commit> = {}): Commit {
  const folder = newFolder();
  write(folder, files);
  const author = { name: 'Ada', email: 'ada@example.com' };
  return { folder, branch: 'main', message: 'First', author, at: new Date('2026-03-01T12:00:00Z'), ...more };
}

it('makes one commit of the files, without what is ignored, and finds it when it is tried again', async () => {
  const { folder, address } = await newTarget();
  const wanted = commitOf({ 'README.md': 'hello', 'out/a': 'x', '.gitignore': '/out/\n' });
  const { commit } = await pushFolder({ address }, wanted);
  // Later, by another process: the same files and words are the same wish.
  expect(await pushFolder({ address }, { ...wanted, at: new Date('2026-03-02T12:00:00Z') })).toEqual({
    commit,
  });
  expect(gitIn(folder, 'log', '--format=%an <%ae> %s', 'main').trim()).toBe('Ada <ada@example.com> First');
  expect(gitIn(folder, 'ls-tree', '-r', '--name-only', 'main').trim().split('\n')).toEqual([
    '.gitignore',
    'README.md',
  ]);
});

it('leaves alone what has commits of others, unless it follows on them', async () => {
  const { folder, address } = await newTarget();
  const { commit: first } = await pushFolder({ address }, commitOf({ a: '1' }));
  const second = commitOf({ a: '2' }, { message: 'Second' });
  await expect(pushFolder({ address }, second)).rejects.toThrow('has commits already');
  await expect(pushFolder({ address }, { ...second, onto: 'none' })).rejects.toThrow(
    'There is no branch none',
  );
  const { commit } = await pushFolder({ address }, { ...second, branch: 'change', onto: 'main' });
  expect(gitIn(folder, 'rev-parse', 'change^', 'main').trim().split('\n')).toEqual([first, first]);
  await removeBranch({ address }, 'change', first);
  expect(gitIn(folder, 'rev-parse', 'change').trim()).toBe(commit);
  await removeBranch({ address }, 'change', commit);
  expect(gitIn(folder, 'branch', '--list', 'change')).toBe('');
});

it('puts files over those of a branch, which keeps the others', async () => {
  const { folder, address } = await newTarget();
  await pushFolder({ address }, commitOf({ a: '1', b: '1' }));
  const wanted = commitOf({ b: '2', 'docs/c': '2' }, { message: 'Second', onto: 'main', keep: true });
  const { commit } = await pushFolder({ address }, wanted);
  expect(await pushFolder({ address }, wanted)).toEqual({ commit });
  expect(gitIn(folder, 'ls-tree', '-r', '--name-only', 'main').trim().split('\n')).toEqual([
    'a',
    'b',
    'docs/c',
  ]);
  expect(gitIn(folder, 'show', 'main:b')).toBe('2');
});

it('takes away what a process left that was killed while it made a repository', async () => {
  const home = newFolder();
  const address = pathToFileURL(join(home, 'cart.git')).href;
  const tools = newFolder();
  // A git that makes the repository and then never says for what.
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  const slow = `#!/bin/sh\ncase "$*" in *atrium.madeFor*) exec sleep 60;; *) exec ${real} "$@";; esac\n`;
  writeFileSync(join(tools, 'git'), slow, { mode: 0o755 });
  const module = new URL('./push.ts', import.meta.url).href;
  const script = `import(${JSON.stringify(module)}).then((push) => push.ensureBareRepository(${JSON.stringify(address)}, 'main', 'run/1'))`;
  const child = spawn(process.execPath, ['--eval', script], {
    env: { ...process.env, PATH: `${tools}:${process.env.PATH}` },
    stdio: 'ignore',
  });
  const left = () => readdirSync(home).filter((name) => name !== 'cart.git');
  await expect.poll(left, { timeout: 20_000 }).toHaveLength(1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(left()).toHaveLength(1);
  expect(await ensureBareRepository(address, 'main', 'run/1')).toBe(true);
  expect(left()).toEqual([]);
});

it('removes a repository only while nobody has added to it', async () => {
  const { folder, address } = await newTarget();
  const { commit } = await pushFolder({ address }, commitOf({ a: '1' }));
  await pushFolder({ address }, commitOf({ b: '1' }, { branch: 'other' }));
  expect(await removeBareRepository(address, 'main', commit)).toBe(false);
  gitIn(folder, 'branch', '-D', 'other');
  expect(await removeBareRepository(address, 'main', commit)).toBe(true);
  expect(existsSync(folder)).toBe(false);
  expect(await removeBareRepository(address, 'main', commit)).toBe(true);
});

it('says so when a repository can’t be reached, also when something is to be taken back', async () => {
  const address = pathToFileURL(join(newFolder(), 'none.git')).href;
  await expect(pushFolder({ address }, commitOf({ a: '1' }))).rejects.toMatchObject({ code: 'STEP_FAILED' });
  await expect(removeBranch({ address }, 'main', 'a'.repeat(40))).rejects.toMatchObject({
    code: 'STEP_FAILED',
  });
});
