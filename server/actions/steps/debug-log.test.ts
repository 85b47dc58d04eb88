import { afterEach, expect, it } from 'vitest';
import { debugLog } from './debug-log.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

const files = { 'a.txt': 'text', 'dir/b.txt': 'x'.repeat(30_000), link: '-> /etc/passwd' };

it.each<[Record<string, unknown>, string[]]>([
  [{ message: 'hello' }, ['hello']],
  [{ message: { a: [1] } }, ['{\n  "a": [\n    1\n  ]\n}']],
  [{ message: 0 }, ['0']],
  [{ message: '' }, []],
  [{}, []],
  [{ listWorkspace: false }, []],
  [{ message: 'm', listWorkspace: true }, ['m', 'Workspace:\n  - a.txt\n  - dir/b.txt\n  - link']],
  [{ listWorkspace: 'with-filenames' }, ['Workspace:\n  - a.txt\n  - dir/b.txt\n  - link']],
  [
    { listWorkspace: 'with-contents' },
    [`Workspace:\n  - a.txt:\n\ntext\n  - dir/b.txt:\n\n${'x'.repeat(20_000)}\n  - link`],
  ],
])('%j', async (input, log) => {
  expect((await runStep(debugLog, input, { files })).log).toEqual(log);
});
