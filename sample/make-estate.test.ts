import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { histories } from './history.ts';
import { importStream } from './import-stream.ts';
import { makeEstate } from './make-estate.ts';
import { outsiders, people, personId } from './people.ts';
import { readTree } from './tree.ts';

type Descriptor = {
  kind?: string;
  metadata?: { name?: string };
  spec?: { owner?: string; profile?: { email?: string; displayName?: string } };
};

type Commit = { repository: string; seconds: number; email: string; author: string; files: string[] };

const now = new Date('2031-05-06T07:08:09Z');
const run = promisify(execFile);
let scratch = '';
let estate = '';
const reported: string[] = [];
const commits: Commit[] = [];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'estate-'));
  estate = await makeEstate(join(scratch, 'estate'), {
    now,
    onRepository: (name, done, total) => reported.push(`${name} ${done}/${total}`),
  });
  for (const { name } of histories) commits.push(...(await commitsOf(name)));
}, 120_000);

afterAll(async () => rm(scratch, { recursive: true, force: true }));

async function git(repository: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', ['-C', join(estate, repository), ...args]);
  return stdout.trim();
}

async function commitsOf(repository: string): Promise<Commit[]> {
  const log = await git(repository, 'log', '--all', '--name-only', '--format=%x01%ct|%ae|%an');
  return log
    .split('\x01')
    .slice(1)
    .map((text) => {
      const [head = '', ...files] = text.split('\n').filter(Boolean);
      const [seconds, email = '', author = ''] = head.split('|');
      return { repository, seconds: Number(seconds), email, author, files };
    });
}

async function descriptors(): Promise<Map<string, string>> {
  const paths = await readdir(estate, { recursive: true });
  const wanted = paths.filter((path) => /(^|\/)(catalog-info\.ya?ml|packages\.yaml)$/.test(path));
  const org = paths.filter((path) => /^org\/.*\.yaml$/.test(path));
  const catalog = paths.filter((path) => /^platform-terraform\/catalog\/.*\.yaml$/.test(path));
  const all = [...new Set([...wanted, ...org, ...catalog])].filter((path) => !path.includes('/skeleton/'));
  return new Map(
    await Promise.all(all.map(async (p) => [p, await readFile(join(estate, p), 'utf8')] as const)),
  );
}

function documents(text: string): Descriptor[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw new Error(document.errors[0]?.message);
    return document.toJS() as Descriptor;
  });
}

describe('the sample estate', () => {
  test('has a repository for each history, and a history for each folder', async () => {
    const folders = await readdir(join(import.meta.dirname, 'estate'));
    const names = histories.map((history) => history.name).sort();
    expect(folders.sort()).toEqual(names);
    expect((await readdir(estate)).filter((name) => !name.startsWith('.')).sort()).toEqual(names);
    expect(names.length).toBeGreaterThanOrEqual(40);
    expect(reported).toHaveLength(names.length);
    expect(reported.at(-1)).toMatch(new RegExp(` ${names.length}/${names.length}$`));
  });

  test('every checkout is clean and equal to its folder', async () => {
    for (const { name } of histories) {
      expect(await git(name, 'status', '--porcelain'), name).toBe('');
      const made = [...(await readTree(join(estate, name)))].filter(([path]) => !path.startsWith('.git/'));
      expect(made, name).toEqual([...(await readTree(join(import.meta.dirname, 'estate', name)))]);
    }
  }, 60_000);

  test('every repository has at least three commits, none empty, none in the future', () => {
    for (const { name } of histories) {
      const made = commits.filter((commit) => commit.repository === name);
      expect(made.length, name).toBeGreaterThanOrEqual(3);
      for (const commit of made) {
        expect(commit.files, `${name} ${commit.seconds}`).not.toEqual([]);
        expect(commit.seconds * 1000, name).toBeLessThanOrEqual(now.getTime());
      }
    }
  });

  test('its authors are in the org repository, or outsiders on purpose', async () => {
    const users = [...(await descriptors())]
      .filter(([path]) => path.startsWith('org/'))
      .flatMap(([, text]) => documents(text))
      .filter((entity) => entity.kind === 'User');
    const known = new Map(users.map((user) => [user.spec?.profile?.email, user.spec?.profile?.displayName]));
    expect(known.size).toBe(60);
    for (const name of Object.values(people).flat()) {
      expect(known.get(`${personId(name)}@quillmere.example`)).toBe(name);
    }
    for (const { email, author } of commits) if (known.has(email)) expect(author).toBe(known.get(email));
    const strangers = new Set(commits.map((commit) => commit.email).filter((email) => !known.has(email)));
    const expected = Object.values(outsiders).map((outsider) => outsider.email);
    expect([...strangers].sort()).toEqual(expected.sort());
  });
});

describe('its descriptors', () => {
  test('parse, but for the one that a recent commit broke', async () => {
    const broken: string[] = [];
    for (const [path, text] of await descriptors()) {
      try {
        for (const entity of documents(text)) expect(entity.metadata?.name, path).toBeTruthy();
      } catch {
        broken.push(path);
      }
    }
    expect(broken).toEqual(['notify/catalog-info.yaml']);
    const commits = (await git('notify', 'log', '--format=%H', '--', 'catalog-info.yaml')).split('\n');
    const before = await git('notify', 'show', `${commits[1]}:catalog-info.yaml`);
    expect(documents(before)[0]?.spec?.owner).toBe('storefront');
  });

  test('name owners that exist, but for the team that ended', async () => {
    const readable = [...(await descriptors())].filter(([path]) => path !== 'notify/catalog-info.yaml');
    const entities = readable.flatMap(([, text]) => documents(text));
    const groups = new Set(entities.filter((e) => e.kind === 'Group').map((e) => e.metadata?.name));
    const owners = new Set(
      entities.flatMap((e) => e.spec?.owner ?? []).filter((owner) => !owner.startsWith('user:')),
    );
    const dangling = [...owners].filter((owner) => !groups.has(owner.replace(/^group:(default\/)?/, '')));
    expect(dangling).toEqual(['group:default/loyalty']);
    const components = entities.filter((e) => e.kind === 'Component').map((e) => e.metadata?.name);
    expect(new Set(components).size).toBe(components.length);
  });
});

describe('making it', () => {
  test('again does nothing', async () => {
    const before = await stat(join(estate, '.estate.json'));
    const calls: string[] = [];
    expect(await makeEstate(estate, { onRepository: (name) => calls.push(name) })).toBe(estate);
    expect(calls).toEqual([]);
    expect((await stat(join(estate, '.estate.json'))).mtimeMs).toBe(before.mtimeMs);
    expect((await readdir(scratch)).filter((name) => name.endsWith('.building'))).toEqual([]);
  });

  test('gives the same commits for the same moment, other ages for another', async () => {
    const [history] = histories.filter(({ name }) => name === 'checkout-api');
    if (!history) throw new Error('no checkout-api');
    const files = await readTree(join(import.meta.dirname, 'estate', history.name));
    const variants = await readTree(join(import.meta.dirname, 'variants', history.name));
    const stream = importStream(history, files, variants, now);
    expect(importStream(history, files, variants, now)).toBe(stream);
    expect(importStream(history, files, variants, new Date(0))).not.toBe(stream);
  });

  test('brings tags and side branches', async () => {
    const refs = await git('checkout-api', 'for-each-ref', '--format=%(refname)');
    expect(refs.split('\n')).toEqual(
      expect.arrayContaining(['refs/heads/main', 'refs/heads/split-payment', 'refs/tags/v2.7.3']),
    );
  });

  test('leaves a folder alone that holds something else', async () => {
    const foreign = await mkdtemp(join(scratch, 'foreign-'));
    await writeFile(join(foreign, 'mine.txt'), 'mine');
    await expect(makeEstate(foreign)).rejects.toThrow(/choose another folder/);
    expect(await readdir(foreign)).toEqual(['mine.txt']);
  });

  test('says what to do when git is missing', async () => {
    const path = process.env.PATH;
    process.env.PATH = scratch;
    try {
      await expect(makeEstate(join(scratch, 'without-git'))).rejects.toThrow(/needs git/);
    } finally {
      process.env.PATH = path;
    }
    expect(await readdir(scratch)).not.toContain('without-git');
  });
});
