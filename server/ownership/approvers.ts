import type { Kysely } from 'kysely';
import type { CatalogTables } from '../catalog/index.ts';
import { chainsOf } from './chain.ts';
import { responsibilitiesOf } from './responsibility.ts';

/** Who approves what is done to an entity: stated, inherited, or its owner. Refs of groups and people. */
export async function approversOf(db: Kysely<CatalogTables>, ref: string): Promise<string[]> {
  const chain = (await chainsOf(db, [ref])).get(ref) ?? [];
  return responsibilitiesOf(chain).approvers.holders;
}
