import type { Catalog } from '../catalog/index.ts';
import type { SourceStore } from './store.ts';

/** Each part is a parameter of the statement, and a statement has a bounded number of them. */
const PARTS_AT_ONCE = 5000;

/** Forgets a source: what only it said leaves the catalog. */
export async function takeAway(
  { catalog, store }: { catalog: Catalog; store: SourceStore },
  id: string,
): Promise<void> {
  const parts = await store.parts(id);
  for (let from = 0; from < parts.length; from += PARTS_AT_ONCE) {
    await catalog.removeParts(id, parts.slice(from, from + PARTS_AT_ONCE));
  }
  await store.forget(id);
}
