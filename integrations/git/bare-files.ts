/** Files of a repository that has no work tree, read out of git's own store. */
import { execFileSync } from 'node:child_process';
import { git, gitBytes, splitNul } from './client.ts';
import { decode, type Files } from './files.ts';

interface Blob {
  id: string;
  size: number;
}

/** Small files are read ahead in one go: a call of git for each would take longer than all of them. */
const AHEAD_FILE_LIMIT = 256 << 10;
const AHEAD_TOTAL_LIMIT = 64 << 20;
const LAZY_LIMIT = 32 << 20;
const NO_TEXT =
  /\.(png|jpe?g|gif|ico|webp|pdf|zip|gz|jar|war|class|woff2?|ttf|eot|mp[34]|so|dll|exe|wasm|bin)$/i;

export async function readBareFiles(folder: string, revision: string, signal?: AbortSignal): Promise<Files> {
  const blobs = parseTree(await git(folder, ['ls-tree', '-r', '-l', '-z', revision], { signal }));
  return blobFiles(folder, blobs, await readAhead(folder, chooseAhead(blobs), signal));
}

export function blobFiles(folder: string, blobs: Map<string, Blob>, ahead: Map<string, Buffer>): Files {
  const paths = [...blobs.keys()].sort();
  return {
    paths,
    has: (path) => blobs.has(path),
    size: (path) => blobs.get(path)?.size ?? 0,
    stamp: (path) => blobs.get(path)?.id ?? '',
    listed: () => paths,
    text(path) {
      const blob = blobs.get(path);
      if (!blob) return undefined;
      if (blob.size > LAZY_LIMIT) throw new Error(`it is larger than ${LAZY_LIMIT >> 20} MiB`);
      return decode(ahead.get(blob.id) ?? readOne(folder, blob.id));
    },
  };
}

/** Lines of `<mode> blob <id> <size>\t<path>`. Links and submodules are left out: they aren't texts. */
function parseTree(output: string): Map<string, Blob> {
  const blobs = new Map<string, Blob>();
  for (const row of splitNul(output)) {
    const match = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(row);
    const [, id, size, path] = match ?? [];
    if (id && size && path) blobs.set(path, { id, size: Number(size) });
  }
  return blobs;
}

function chooseAhead(blobs: Map<string, Blob>): string[] {
  const ids = new Set<string>();
  let total = 0;
  for (const [path, { id, size }] of blobs) {
    if (size > AHEAD_FILE_LIMIT || NO_TEXT.test(path) || ids.has(id)) continue;
    total += size;
    if (total > AHEAD_TOTAL_LIMIT) break;
    ids.add(id);
  }
  return [...ids];
}

async function readAhead(folder: string, ids: string[], signal?: AbortSignal): Promise<Map<string, Buffer>> {
  const texts = new Map<string, Buffer>();
  if (ids.length === 0) return texts;
  const bytes = await gitBytes(folder, ['cat-file', '--batch'], { signal, input: `${ids.join('\n')}\n` });
  let at = 0;
  while (at < bytes.length) {
    const lineEnd = bytes.indexOf(0x0a, at);
    if (lineEnd === -1) break;
    const [id, type, size] = bytes.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (id === undefined || type !== 'blob') continue;
    texts.set(id, bytes.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}

/** Tree.read answers at once, so a large file that wasn't read ahead is fetched while everything waits. */
function readOne(folder: string, id: string): Buffer {
  const options = { timeout: 30_000, maxBuffer: LAZY_LIMIT + 1, stdio: 'pipe', encoding: 'buffer' } as const;
  return execFileSync('git', ['-C', folder, 'cat-file', 'blob', id], options);
}
