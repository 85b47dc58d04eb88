import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AtriumError } from '#model/errors.ts';
import type { SourceGuard } from '#model/integration.ts';
import { git } from './client.ts';
import type { GitConfig } from './config.ts';
import { type HttpRemote, type HttpRemoteOptions, serveRepository } from './http-remote.test-helper.ts';
import { git as integration } from './index.ts';
import { Collector, commit, component, newFolder, removeFolders, write } from './source.test-helper.ts';

const TOKEN = 'canary-5f0c1e';
const login = `x-access-token:${TOKEN}`;
const pair = Buffer.from(login).toString('base64');
const credentials = { token: { reveal: () => TOKEN } };
const files = { 'catalog-info.yaml': component('cart') };
/** Stands for the outside. */
const OUTSIDE = '127.0.0.2';

const remotes: HttpRemote[] = [];
afterEach(() => {
  for (const remote of remotes.splice(0)) remote.close();
  vi.unstubAllEnvs();
  removeFolders();
});

async function serve(options: Partial<HttpRemoteOptions> = {}): Promise<HttpRemote> {
  const remote = await serveRepository({ files, ...options });
  remotes.push(remote);
  return remote;
}

/** Lets every host lead to the outside, and nothing else be asked. */
function guardTo(addresses: readonly string[] = [OUTSIDE]): SourceGuard & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    async address(url) {
      asked.push(url);
      const { hostname, port, protocol } = new URL(url);
      if (hostname.startsWith('127.')) throw new AtriumError('ADDRESS_REFUSED', `${hostname} is inside`);
      if (!/^(https?|ssh):$/.test(protocol)) throw new AtriumError('ADDRESS_REFUSED', `${protocol}//`);
      return { host: hostname, port: Number(port) || 22, addresses };
    },
    path(path) {
      throw new AtriumError('PATH_REFUSED', `${path} is outside`);
    },
  };
}

async function read(config: GitConfig, guard?: SourceGuard) {
  const collector = new Collector();
  const context = { ...collector.context, ...(guard && { guard }) };
  await integration.create({ discovery: false, ...config }).read(context);
  return collector;
}

/** Puts a program of the name before the real one on the PATH, which notes its arguments. */
function recorder(name: string, then: string): () => string {
  const folder = newFolder();
  const notes = join(folder, 'notes');
  writeFileSync(notes, '');
  writeFileSync(join(folder, name), `#!/bin/sh\necho "$@" >> ${notes}\n${then}\n`);
  chmodSync(join(folder, name), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  return () => readFileSync(notes, 'utf8');
}

describe('credentials of a remote repository', () => {
  it('open it, and stand neither in the clone nor among the arguments of a process', async () => {
    const { port } = await serve({ login });
    const real = (await git('.', ['--exec-path'])).trim();
    const args = recorder('git', `exec ${real}/git "$@"`);
    const collector = await read({ target: `http://127.0.0.1:${port}/repo.git`, credentials });
    expect(collector.refs).toEqual(['component:default/cart']);
    expect(args()).toContain('clone');
    expect(args()).not.toContain(TOKEN);
    expect(args()).not.toContain(pair);
    expect(await filesWith(collector.context.workDir, [TOKEN, pair])).toBe('');
  });

  it('are also used for what a clone lacks: the last good version of a descriptor', async () => {
    const { port, folder } = await serve({ login });
    write(folder, { 'catalog-info.yaml': `${component('cart')}  broken: [` });
    commit(folder);
    const collector = await read({ target: `http://127.0.0.1:${port}/repo.git`, credentials });
    const [part] = collector.parts.values();
    expect(part?.problems).not.toEqual([]);
    expect(part?.lastGood?.map(({ ref }) => ref)).toEqual(['component:default/cart']);
  });

  it('that are wrong show in no error', async () => {
    const { port } = await serve({ login: 'x-access-token:another' });
    const failure = await read({ target: `http://127.0.0.1:${port}/repo.git`, credentials }).catch((e) => e);
    expect(failure).toMatchObject({ code: 'SOURCE_UNREADABLE' });
    const said = `${failure.message} ${failure.stack} ${failure.cause} ${failure.cause?.stderr}`;
    expect(said).not.toContain(TOKEN);
    expect(said).not.toContain(pair);
  });

  it('are not sent to whom the repository leads', async () => {
    const other = await serve({ login, host: OUTSIDE });
    const { port } = await serve({ redirect: (path) => `http://${OUTSIDE}:${other.port}${path}` });
    const target = `http://127.0.0.1:${port}/repo.git`;
    await expect(read({ target, credentials })).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    expect(other.requests).toEqual([]);
  });

  it.each([
    'http://git.example.com/repo.git',
    'ssh://git@git.example.com/repo.git',
    'git@git.example.com:repo',
  ])('are not sent to %s', async (target) => {
    await expect(read({ target, credentials })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('a repository that is not the operator’s word', () => {
  it('is read from the address that was checked', async () => {
    const { port, requests } = await serve({ host: OUTSIDE });
    const guard = guardTo();
    const target = `http://git.example:${port}/repo.git`;
    expect((await read({ target }, guard)).refs).toEqual(['component:default/cart']);
    expect(guard.asked).toEqual([target]);
    expect(requests[0]?.headers.host).toBe(`git.example:${port}`);
  });

  it('leads nowhere else', async () => {
    const inside = await serve();
    const { port } = await serve({
      host: OUTSIDE,
      redirect: (path) => `http://127.0.0.1:${inside.port}${path}`,
    });
    await expect(read({ target: `http://git.example:${port}/repo.git` }, guardTo())).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
    expect(inside.requests).toEqual([]);
  });

  it('may lack the ending .git, where the host only knows it with that', async () => {
    const { port } = await serve({
      host: OUTSIDE,
      redirect: (path) => (path.startsWith('/repo/') ? path.replace('/repo/', '/repo.git/') : undefined),
    });
    const collector = await read({ target: `http://git.example:${port}/repo` }, guardTo());
    expect(collector.refs).toEqual(['component:default/cart']);
  });

  it('means the same host to git as to whoever checked it', async () => {
    const inside = await serve();
    const target = `http://git.example:${inside.port}\\@127.0.0.1:${inside.port}/repo.git`;
    await expect(read({ target }, guardTo(['127.0.0.3']))).rejects.toThrow();
    expect(inside.requests).toEqual([]);
  });

  it.each([
    ['git://git.example/repo.git', 'ADDRESS_REFUSED'],
    ['http://127.0.0.1/repo.git', 'ADDRESS_REFUSED'],
    ['file:///etc', 'PATH_REFUSED'],
    ['/etc', 'PATH_REFUSED'],
    ['ext::sh -c touch% owned', 'PATH_REFUSED'],
    ['--upload-pack=touch owned', 'PATH_REFUSED'],
  ])('is not %s', async (target, code) => {
    await expect(read({ target }, guardTo())).rejects.toMatchObject({ code });
  });

  it.each([
    ['ssh://git@git.example/org/repo', '-oHostName=203.0.113.7 -oHostKeyAlias=git.example'],
    ['ssh://git@git.example:2222/org/repo', '-oHostName=203.0.113.7 -oHostKeyAlias=[git.example]:2222'],
    ['git@git.example:org/repo', '-oHostName=203.0.113.7 -oHostKeyAlias=git.example'],
  ])('is pinned over ssh too: %s', async (target, options) => {
    const args = recorder('ssh', 'exit 1');
    await expect(read({ target }, guardTo(['203.0.113.7']))).rejects.toThrow();
    expect(args()).toContain(options);
    expect(args()).toContain("git-upload-pack '/org/repo'");
  });
});

it('asks no network for what is said to be on this machine', async () => {
  const { port, folder, requests } = await serve();
  await expect(git(folder, ['ls-remote', `http://127.0.0.1:${port}/repo.git`])).rejects.toThrow(
    "transport 'http' not allowed",
  );
  await expect(git(folder, ['ls-remote', 'ext::sh -c exit% 0'])).rejects.toThrow("'ext' not allowed");
  expect(requests).toEqual([]);
});

/** @returns the files that hold one of the words. */
function filesWith(folder: string, words: string[]): Promise<string> {
  const args = ['-rlaF', ...words.flatMap((word) => ['-e', word]), folder];
  return new Promise((resolve) => execFile('grep', args, (_none, stdout) => resolve(stdout)));
}
