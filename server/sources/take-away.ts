import type { Catalog } from '../catalog/index.ts';
import type { FactStore } from '../facts/index.ts';
import type { SourceStore } from './store.ts';

/** Each part is a parameter of the statement, and a statement has a bounded number of them. */
const PARTS_AT_ONCE = 5000;

/** Forgets a source: what only it said leaves the catalog. */
export async function takeAway(
  { catalog, store, facts }: { catalog: Catalog; store: SourceStore; facts: FactStore },
  id: string,
): Promise<void> {
  const parts = await store.parts(id);
  for (let from = 0; from < parts.length; from += PARTS_AT_ONCE) {
    const some = parts.slice(from, from + PARTS_AT_ONCE);
    await catalog.removeParts(id, some, async (tx) => {
      await facts.dropParts(tx, id, some);
    });
  }
  await store.forget(id);
}
