import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openFolderTree } from './tree.ts';

const made: string[] = [];

function folderOf(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-tree-'));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('openFolderTree', () => {
  it('walks a folder that is no repository, without what is made or borrowed', () => {
    const tree = openFolderTree(
      folderOf({ 'b/x.ts': 'x', 'a.ts': 'a', 'node_modules/m/i.js': '', 'b/dist/x.js': '' }),
    );
    expect(tree.files).toEqual(['a.ts', 'b/x.ts']);
    expect(tree.read('b/x.ts')).toBe('x');
  });

  it('lists what git tracks or would track', () => {
    const folder = folderOf({ '.gitignore': 'secret\n', secret: 's', 'new.ts': '' });
    execFileSync('git', ['init', '-q', folder]);
    expect(openFolderTree(folder).files).toEqual(['.gitignore', 'new.ts']);
  });

  it('reads no binary, no huge and no absent file, and nothing outside', () => {
    const folder = folderOf({ 'a.bin': Buffer.from([1, 0, 2]), 'big.txt': 'x'.repeat(1024 * 1024 + 1) });
    const tree = openFolderTree(folder, ['a.bin', 'big.txt', 'gone.txt']);
    expect([...tree.files, '../x'].map((path) => tree.read(path))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('places a path', () => {
    const folder = folderOf({ 'a b.ts': '' });
    expect(openFolderTree(folder).place('a b.ts', 3)).toEqual({
      location: `file:${folder}/a%20b.ts`,
      path: 'a b.ts',
      line: 3,
    });
  });
});
