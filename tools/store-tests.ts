/** Tests of what the store keeps: they run on the embedded store and on PostgreSQL. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Test files that open their store with `openTestStore`, by themselves or through a helper, as paths from the root. */
export function storeTests(): string[] {
  return globSync('server/**/*.test.ts', { cwd: root }).filter((file) =>
    /openTestStore|againstAPortal|startMatrixPortal/.test(readFileSync(join(root, file), 'utf8')),
  );
}
