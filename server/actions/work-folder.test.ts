import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWorkFolder } from './work-folder.ts';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'atrium-work-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function leave(name: string): void {
  mkdirSync(join(parent, name, 'run-1'), { recursive: true });
  writeFileSync(join(parent, name, 'run-1/file'), '');
}

it('takes away what killed processes of this machine left, and nothing else', () => {
  for (const name of ['here-10', 'here-11', 'there-10', 'here-notes']) leave(name);
  const folder = openWorkFolder(parent, { machine: 'here', pid: 12, isAlive: (pid) => pid === 11 });
  expect(readdirSync(parent).sort()).toEqual(['here-11', 'here-12', 'here-notes', 'there-10']);
  expect(readdirSync(folder)).toEqual([]);
});

it('starts empty where an earlier process had the same number', () => {
  leave('here-12');
  const folder = openWorkFolder(parent, { machine: 'here', pid: 12, isAlive: () => true });
  expect(readdirSync(folder)).toEqual([]);
});

it('knows that this very process runs', () => {
  const folder = openWorkFolder(parent);
  openWorkFolder(parent, { pid: 999_999_999 });
  expect(existsSync(folder)).toBe(true);
});
