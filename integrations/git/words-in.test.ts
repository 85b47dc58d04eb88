import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { commit, gitIn, newFolder, newRepository, removeFolders, write } from './source.test-helper.ts';
import { wordsIn } from './words-in.ts';

afterAll(removeFolders);

const files = {
  'pay/src/app.ts': 'class Payment { retryLater() {} }\nconst MAX_TRIES = 3;',
  'docs/index.md': 'onlyWritten',
  'picture.bin': 'a\0inBytes',
};

function repository() {
  const folder = newFolder();
  newRepository(folder, files);
  return { folder, place: { folder, path: 'pay', bare: false } };
}

it('finds words of the code now, whole and as they are written, and none of pages', async () => {
  const { folder, place } = repository();
  write(folder, { 'shop/new.py': 'def notCommitted(): pass' });
  const asked = [
    ...['retryLater', 'retry', 'retrylater', 'MAX_TRIES', 'onlyWritten', 'inBytes', 'notCommitted'],
    ...['class Payment', 'interface Payment'],
  ];
  expect([...((await wordsIn(place, asked)) ?? [])].sort()).toEqual([
    'MAX_TRIES',
    'class Payment',
    'notCommitted',
    'retryLater',
  ]);
  expect(await wordsIn(place, ['nowhere'])).toEqual(new Set());
  expect(await wordsIn(place, [])).toEqual(new Set());
});

it('finds words of what was, also where there is no work tree', async () => {
  const { folder, place } = repository();
  const before = gitIn(folder, 'rev-parse', 'HEAD');
  write(folder, { 'pay/src/app.ts': 'class Payment {}' });
  commit(folder);
  const asked = ['retryLater', 'Payment'];
  expect(await wordsIn(place, asked)).toEqual(new Set(['Payment']));
  expect(await wordsIn(place, asked, before)).toEqual(new Set(asked));
  const clone = newFolder();
  gitIn(clone, 'clone', '--quiet', '--bare', folder, 'it.git');
  const bare = { folder: join(clone, 'it.git'), path: '', bare: true };
  expect(await wordsIn(bare, asked)).toEqual(new Set(['Payment']));
  expect(await wordsIn(bare, asked, before)).toEqual(new Set(asked));
});

it('says that it can’t tell of a commit that is not there, and of a folder without a repository', async () => {
  const { place } = repository();
  expect(await wordsIn(place, ['Payment'], '0'.repeat(40))).toBeUndefined();
  const plain = { folder: newFolder(), path: '', bare: false };
  expect(await wordsIn(plain, ['Payment'])).toBeUndefined();
});
