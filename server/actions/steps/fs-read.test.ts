import { afterEach, expect, it } from 'vitest';
import { fsRead } from './fs-read.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

const files = {
  'a/b.md': 'text ä',
  out: '-> /etc/passwd',
  near: '-> a/b.md',
  large: 'x'.repeat(4 * 1024 * 1024 + 1),
};

it.each(['a/b.md', './a/b.md', 'near'])('gives the text of %s', async (path) => {
  expect((await runStep(fsRead, { path }, { files })).output).toEqual({ content: 'text ä' });
});

it.each([
  ['nowhere', 'nowhere is not there'],
  ['out', 'not within the workspace'],
  ['../x', 'not within the workspace'],
  ['a', 'is a folder'],
  ['large', 'larger than'],
])('refuses %s', async (path, message) => {
  await expect(runStep(fsRead, { path }, { files })).rejects.toThrow(message);
});
