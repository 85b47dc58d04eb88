import type { Migration } from 'kysely/migration';
import * as catalog001 from './catalog/migrations/001-catalog.ts';
import * as sources001 from './sources/migrations/001-sources.ts';

/** All migrations, in the order in which they run: number first, then pillar. */
export const migrations: Record<string, Migration> = {
  '001-catalog': catalog001,
  '001-sources': sources001,
};
