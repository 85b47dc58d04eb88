/** Versions of a real remote repository, of which the portal has only a clone of one branch. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { fileTools } from './files-at.ts';
import { syncRemote } from './remote.ts';
import { RemoteVersions } from './remote-versions.ts';
import { commit, gitIn, newFolder, newRepository, removeFolders, write } from './source.test-helper.ts';

afterAll(removeFolders);

async function clonedSite() {
  const remote = newFolder();
  newRepository(remote, { 'docs/index.md': '# One', 'docs/same.md': 'Same' });
  gitIn(remote, 'tag', '--annotate', '--message', 'First', 'v1.9');
  gitIn(remote, 'tag', 'v1.10');
  write(remote, { 'docs/index.md': '# Two', 'docs/same.md': 'Other' });
  commit(remote);
  gitIn(remote, 'checkout', '--quiet', '-b', 'drafts/new', 'v1.9');
  write(remote, { 'docs/index.md': '# Draft' });
  commit(remote);
  gitIn(remote, 'checkout', '--quiet', '--detach');
  write(remote, { 'docs/index.md': '# Proposed' });
  commit(remote);
  gitIn(remote, 'update-ref', 'refs/pull/7/head', 'HEAD');
  gitIn(remote, 'checkout', '--quiet', 'main');
  const workDir = newFolder();
  const address = { address: pathToFileURL(remote).href };
  const folder = await syncRemote(address, workDir);
  const place = () => ({ folder, path: 'docs', bare: false, others: new RemoteVersions(address, workDir) });
  return { remote, place };
}

it('names what the remote has, and fetches what somebody asks for', async () => {
  const { remote, place } = await clonedSite();
  const here = place();
  expect(await fileTools.versions(here)).toMatchObject({
    current: 'main',
    branches: ['drafts/new', 'main'],
    tags: ['v1.10', 'v1.9'],
  });
  const read = async (version: string, from = here) => {
    const texts = await fileTools.texts(from, ['index.md', 'same.md'], version);
    return [...texts.values()];
  };
  expect(await read('drafts/new')).toEqual(['# Draft', 'Same']);
  expect(await read('v1.9')).toEqual(['# One', 'Same']);
  expect(await read('pull/7')).toEqual(['# Proposed', 'Same']);
  expect(await read('main')).toEqual(['# Two', 'Other']);
  const listed = await fileTools.list(here, () => true, 'drafts/new');
  expect(listed.map(({ path }) => path)).toEqual(['index.md', 'same.md']);
  for (const version of ['nowhere', 'pull/8', '--all', 'refs/*'])
    await expect(read(version)).rejects.toMatchObject({ code: 'VERSION_NOT_FOUND' });
  gitIn(remote, 'checkout', '--quiet', 'drafts/new');
  write(remote, { 'docs/index.md': '# Draft, second' });
  commit(remote);
  // What was fetched a moment ago is as good as new.
  expect(await read('drafts/new')).toEqual(['# Draft', 'Same']);
  expect(await read('drafts/new', place())).toEqual(['# Draft, second', 'Same']);
});

it('tells no history of what came without it', async () => {
  const { place } = await clonedSite();
  const here = place();
  expect(await fileTools.lastChanges(here, 'drafts/new')).toEqual(new Map());
  expect([...(await fileTools.lastChanges(here)).keys()]).toContain('index.md');
});

it('shows what it has when the remote can’t be reached', async () => {
  const { remote, place } = await clonedSite();
  rmSync(join(remote, '.git'), { recursive: true });
  const here = place();
  expect(await fileTools.versions(here)).toMatchObject({ current: 'main', branches: ['main'] });
  expect(await fileTools.read(here, 'index.md')).toEqual(Buffer.from('# Two'));
  await expect(fileTools.read(here, 'index.md', 'v1.9')).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
});
