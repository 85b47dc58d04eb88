/** Gets files of templates: from what the sources have read, from a remote repository, or by HTTP. */
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AtriumError } from '#model/errors.ts';
import type { FilesAtHand } from '#model/integration.ts';
import { parseLocationRef, resolveTarget } from '#model/locations.ts';
import type { Fetch } from '../kernel/fetch.ts';
import type { FetchedTree, FetchTree, FetchTreeOptions } from './fetch-tree.ts';
import { repositoryAddress } from './tree-address.ts';
import { inside } from './workspace.ts';

export interface CheckOutRequest {
  repository: string;
  /** Branch, tag or commit, and behind a slash the path in it; empty for the default branch. */
  place: string;
  /** To be made. */
  folder: string;
  token?: string | undefined;
  signal: AbortSignal;
  /** Whether a source reads it anyway, so that its address needs no check. */
  known: boolean;
}

export interface TreeSourceDeps {
  /** Where a source has the files of an address. */
  find: (address: string) => FilesAtHand | undefined;
  /** @returns the path of the place in the folder. */
  checkOut: (request: CheckOutRequest) => Promise<string>;
  /** Lets pass what may be read on this machine. @throws {AtriumError} PATH_REFUSED */
  mayRead: (path: string) => string;
  fetch: Fetch;
  /** Holds what is fetched while it is used. */
  workDir: string;
}

export function createFetchTree(deps: TreeSourceDeps): FetchTree {
  return async (url, base, options) => {
    const address = addressOf(url, base);
    const found = deps.find(address);
    if (found && !found.bare) return localTree(found.folder, found.path);
    if (found) {
      const repository = pathToFileURL(found.folder).href;
      const place = found.path ? `HEAD/${found.path}` : '';
      return checkedOut(deps, { repository, place, known: true }, { signal: options.signal });
    }
    if (address.startsWith('file:')) return besideTemplate(deps, address, base);
    const remote = repositoryAddress(address);
    return remote ? checkedOut(deps, { ...remote, known: false }, options) : oneFile(deps, address, options);
  };
}

/** @throws {AtriumError} ADDRESS_REFUSED */
function addressOf(url: string, base: string | undefined): string {
  try {
    if (/^(https?|file):\/\//i.test(url)) return new URL(url).href;
    if (url.startsWith('/'))
      throw new RangeError(`"${url}" is an absolute path; write it relative to the template`);
    if (!base) throw new RangeError(`"${url}" is relative, and the template has no place of its own`);
    const resolved = resolveTarget(url, parseLocationRef(base));
    return /^(https?|file):\/\//i.test(resolved) ? resolved : pathToFileURL(resolved).href;
  } catch (error) {
    throw new AtriumError('ADDRESS_REFUSED', error instanceof Error ? error.message : String(error));
  }
}

async function localTree(folder: string, path: string, release = async () => {}): Promise<FetchedTree> {
  const full = await inside(folder, path);
  await stat(full).catch(() => {
    throw new AtriumError('STEP_FAILED', `${path || basename(folder)} is not there`);
  });
  return { path: full, root: folder, release };
}

/** A template that no source has read any more, or one under test, may still use what lies beside and below it. */
async function besideTemplate(
  { mayRead }: TreeSourceDeps,
  address: string,
  base: string | undefined,
): Promise<FetchedTree> {
  const location = base === undefined ? undefined : parseLocationRef(base);
  if (location?.type !== 'file') {
    throw new AtriumError('ADDRESS_REFUSED', `${address} is on this machine, and the template is not`);
  }
  const target = location.target.replace(/^file:\/\//, '');
  const folder = mayRead(target.endsWith('/') ? target : dirname(target));
  return localTree(folder, mayRead(fileURLToPath(address)));
}

async function checkedOut(
  { checkOut, workDir }: TreeSourceDeps,
  { repository, place, known }: { repository: string; place: string; known: boolean },
  { signal, token }: FetchTreeOptions,
): Promise<FetchedTree> {
  const holder = await newFolder(workDir);
  const release = () => rm(holder, { recursive: true, force: true });
  try {
    const folder = join(holder, 'files');
    const path = await checkOut({ repository, place, folder, token, signal, known });
    return await localTree(folder, path, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function oneFile(
  { fetch, workDir }: TreeSourceDeps,
  address: string,
  { signal, token }: FetchTreeOptions,
): Promise<FetchedTree> {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  const { status, body } = await fetch(address, { guarded: true, signal, headers });
  if (status !== 200)
    throw new AtriumError('FETCH_FAILED', `${new URL(address).host} answered with ${status}`);
  const folder = await newFolder(workDir);
  await writeFile(join(folder, 'file'), body);
  return localTree(folder, 'file', () => rm(folder, { recursive: true, force: true }));
}

async function newFolder(workDir: string): Promise<string> {
  await mkdir(workDir, { recursive: true });
  return mkdtemp(join(workDir, 'tree-'));
}
