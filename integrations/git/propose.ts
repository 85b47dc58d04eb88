/** Opens a change of one file as a branch with one commit, or as a patch where nothing may be written. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import type { Proposal, ProposedChange } from '#model/integration.ts';
import { type GitAccess, GitFailure, git, gitBytes, gitMaybe, gitOverNetwork, splitNul } from './client.ts';
import { folderFiles } from './files.ts';
import type { Site } from './locate.ts';
import { commitEnv, inScratch } from './scratch.ts';

/** A version of a file. */
interface Version {
  text: string;
  mode: string;
  /** The commit that has it; undefined for what only lies in a folder. */
  commit: string | undefined;
}

/** Works on git's own store alone, so work tree and index of a checkout stay untouched. */
export async function propose(
  site: Site,
  path: string,
  change: ProposedChange,
): Promise<Proposal | undefined> {
  const access = await site.access?.();
  const version = await readVersion(site, path, access);
  const text = change.edit(version.text);
  if (text === version.text) return undefined;
  const about = { repository: site.key, path };
  let why = 'the repository is only read';
  if (version.commit && !change.readOnly) {
    try {
      const patch = await openBranch(
        site,
        { path, text, mode: version.mode },
        version.commit,
        change,
        access,
      );
      const note = access ? `Pushed as ${change.branch}.` : `Branch ${change.branch} of ${site.folder}.`;
      return { ...about, patch, branch: change.branch, note };
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      why = error.message;
    }
  } else if (!version.commit) why = 'the file is in no commit';
  const patch = await patchOf({ path, ...version }, text);
  return { ...about, patch, branch: undefined, note: `To be applied by hand: ${why}.` };
}

async function readVersion(site: Site, path: string, access: GitAccess | undefined): Promise<Version> {
  const committed = site.kind === 'plain' ? undefined : await readCommitted(site.folder, path, access);
  if (committed) return committed;
  const text = site.kind === 'bare' ? undefined : folderFiles(site.folder, undefined, site.closed).text(path);
  if (text === undefined) throw new AtriumError('SOURCE_UNREADABLE', `${site.key} has no file ${path}`);
  return { text, mode: '100644', commit: undefined };
}

async function readCommitted(
  folder: string,
  path: string,
  access: GitAccess | undefined,
): Promise<Version | undefined> {
  const commit = await gitMaybe(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (!commit) return undefined;
  const [row = ''] = splitNul(await git(folder, ['ls-tree', '-z', '--full-tree', commit, '--', path]));
  const [, mode, id] = /^(100\d{3}) blob ([0-9a-f]+)\t/.exec(row) ?? [];
  if (!mode || !id) return undefined;
  const bytes = await gitBytes(folder, ['cat-file', 'blob', id], { access });
  return { text: decode(bytes, path), mode, commit };
}

/** Unlike for reading, each byte must come back as it was. */
function decode(bytes: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new AtriumError('ENTITY_INVALID', `${path} is not written in UTF-8`, { cause });
  }
}

interface NewFile {
  path: string;
  text: string;
  mode: string;
}

/** @returns the patch. */
async function openBranch(
  { folder }: Site,
  file: NewFile,
  base: string,
  change: ProposedChange,
  access: GitAccess | undefined,
): Promise<string> {
  const tree = await writeTree(folder, base, file);
  const { author, title, body, branch } = change;
  const env = commitEnv(author, { name: 'Atrium', email: 'atrium@localhost' }, change.at);
  const made = await git(folder, ['commit-tree', tree, '-p', base, '-F', '-'], {
    input: `${title}\n\n${body}\n`,
    env,
  });
  const commit = made.trim();
  const ref = `refs/heads/${branch}`;
  if (access) await gitOverNetwork(folder, ['push', '--quiet', 'origin', `${commit}:${ref}`], access);
  // An empty old value: the branch must not be there yet.
  else await git(folder, ['update-ref', ref, commit, '']);
  return diff(folder, base, commit);
}

/** The tree of a base, with one file changed. @returns its id. */
async function writeTree(folder: string, base: string | undefined, file: NewFile): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'atrium-index-'));
  const env = { GIT_INDEX_FILE: join(scratch, 'index') };
  try {
    const blob = await git(folder, ['hash-object', '-w', '--stdin'], { input: file.text });
    if (base) await git(folder, ['read-tree', base], { env });
    const entry = `${file.mode} ${blob.trim()}\t${file.path}\0`;
    await git(folder, ['update-index', '-z', '--add', '--index-info'], { env, input: entry });
    // A clone lacks the contents of most files, and needs none of them for this.
    return (await git(folder, ['write-tree', '--missing-ok'], { env })).trim();
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function diff(folder: string, before: string, after: string): Promise<string> {
  return git(folder, [
    'diff-tree',
    '--patch',
    '--no-ext-diff',
    '--no-textconv',
    '--full-index',
    before,
    after,
  ]);
}

/** Made in a repository of its own, so that none is needed. */
function patchOf(before: NewFile, text: string): Promise<string> {
  return inScratch(async (scratch) => {
    const old = await writeTree(scratch, undefined, before);
    const fresh = await writeTree(scratch, undefined, { ...before, text });
    return diff(scratch, old, fresh);
  });
}
