/** One empty embedded store for a whole test run; each test file works on a copy of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#server/kernel/store/store.ts';
import { migrations } from '#server/migrations.ts';

export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'atrium-test-template-'));
  const store = await openStore({ dataDir, migrations });
  await store.close();
  process.env.ATRIUM_TEST_EMBEDDED = dataDir;
  return () => rm(dataDir, { recursive: true, force: true });
}
