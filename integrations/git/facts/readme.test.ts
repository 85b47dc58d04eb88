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

it.each([
  ['# Shop\n\n## Usage\n', true],
  ['Installation\n------------\n', true],
  ['== Getting started\n', true],
  ['**How to run it**\n', true],
  ['# Shop\n\nGet it:\n\n    npm install shop\n', true],
  ['# Shop\n\nRunning out of stock is what it is for.\nUse of it is free.\n', false],
  ['# Shop\n\n- first\n    - set in, but no code\n', false],
  ['# Shop\n\n- first\n\n    - set in after an empty line\n', false],
])('sees whether it tells how to use it: %j', (text, usage) => {
  expect(observe(readme, { 'README.md': text })?.value.usage).toBe(usage);
});
