import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

it('are the only streams there are, so that each ends with what let it in', () => {
  const files = globSync('**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
  const streaming = files.filter((file) =>
    /event-stream;|\.hijack\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(streaming).toEqual(['kernel/event-streams.ts']);
});
