import { expect, it } from 'vitest';
import { readme } from './readme.ts';
import { observe } from './scope.test-helper.ts';

it('counts the words of the nearest README, and sees whether it tells how to run it', () => {
  const files = {
    'README.md': '# Everything\n\nAll of it.\n',
    'api/README.md': '# Payments\n\nTakes money.\n\n```sh\nnpm start\n```\n',
    'api/index.ts': '',
  };
  expect(observe(readme, files, { folder: 'api', dates: { 'api/README.md': '2026-03-01' } })).toEqual({
    value: { present: true, words: 3, headings: 1, usage: true, lastCommit: '2026-03-01' },
    path: 'api/README.md',
  });
  expect(observe(readme, files)?.value).toMatchObject({ words: 4, usage: false });
});

it('takes the one around a component that has none', () => {
  expect(observe(readme, { 'README.md': '# All\n', 'worker/main.py': '' }, { folder: 'worker' })?.path).toBe(
    'README.md',
  );
});

it('says that there is none', () => {
  expect(observe(readme, { 'main.py': '' })).toEqual({ value: { present: false } });
});
