/** One PostgreSQL for a whole test run; each test file makes a database of its own on it. */
import { startPostgres } from './postgres.ts';

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ATRIUM_TEST_DATABASE_URL) return undefined;
  const postgres = await startPostgres();
  process.env.ATRIUM_TEST_DATABASE_URL = postgres.url;
  return () => postgres.stop();
}
