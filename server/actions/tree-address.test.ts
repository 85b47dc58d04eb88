import { expect, it } from 'vitest';
import { repositoryAddress } from './tree-address.ts';

it.each([
  ['https://github.com/acme/t/tree/main/templates/x', 'https://github.com/acme/t', 'main/templates/x'],
  ['https://github.com/acme/t/blob/main/a/b.yaml', 'https://github.com/acme/t', 'main/a/b.yaml'],
  ['https://github.com/acme/t/tree/main', 'https://github.com/acme/t', 'main'],
  ['https://ghe.acme.com/acme/t/tree/feature%2Fx/a', 'https://ghe.acme.com/acme/t', 'feature/x/a'],
  ['https://raw.githubusercontent.com/acme/t/main/a.txt', 'https://github.com/acme/t', 'main/a.txt'],
  ['https://gitlab.com/a/b/c/-/tree/main/x', 'https://gitlab.com/a/b/c', 'main/x'],
  ['https://gitlab.com/a/b/-/blob/v1/x.md?ref_type=tags', 'https://gitlab.com/a/b', 'v1/x.md'],
  ['https://bitbucket.org/a/b/src/main/x/', 'https://bitbucket.org/a/b', 'main/x'],
  ['https://codeberg.org/a/b/src/branch/main/x', 'https://codeberg.org/a/b', 'main/x'],
  [
    'https://dev.azure.com/o/p/_git/r?path=/docs&version=GBmain',
    'https://dev.azure.com/o/p/_git/r',
    'main/docs',
  ],
  ['https://dev.azure.com/o/p/_git/r?path=%2Fdocs', 'https://dev.azure.com/o/p/_git/r', 'HEAD/docs'],
  ['https://dev.azure.com/o/p/_git/r', 'https://dev.azure.com/o/p/_git/r', ''],
  ['https://github.com/acme/t', 'https://github.com/acme/t', ''],
  ['https://git.acme.com/deep/group/t.git', 'https://git.acme.com/deep/group/t.git', ''],
])('%s', (address, repository, place) => {
  expect(repositoryAddress(address)).toEqual({ repository, place });
});

it.each([
  'https://example.com/file.txt',
  'https://example.com/a/b/c/d.txt',
  'ftp://github.com/a/b',
  'no address',
])('%s is none of a repository', (address) => {
  expect(repositoryAddress(address)).toBeUndefined();
});
