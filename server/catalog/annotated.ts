/** Entities by what their annotations name in other systems. */
import { type Kysely, sql } from 'kysely';
import type { AnnotatedEntity } from '#model/integration.ts';
import { claimsOf } from './claims.ts';
import type { CatalogTables } from './tables.ts';

interface AnnotatedDeps {
  db: Kysely<CatalogTables>;
  sourceOrder: (source: string) => number;
}

/** Whoever registers a location doesn't choose what is asked of other systems. */
const REGISTERED = 'location:';

/** The first so many that have any of these annotations, by ref, with the ones that configured sources say. */
export async function annotated(
  deps: AnnotatedDeps,
  names: readonly string[],
  most: number,
): Promise<AnnotatedEntity[]> {
  const terms = names.map((name) => `metadata.annotations.${name.toLowerCase()}`);
  const { rows } = await sql<{ ref: string; annotations: Record<string, unknown> | null }>`
    select ref, body #> '{metadata,annotations}' as annotations from entity
    where terms && ${terms}::text[] order by ref limit ${most}`.execute(deps.db);
  const claims = await claimsOf(
    deps,
    rows.map(({ ref }) => ref),
  );
  return rows.flatMap(({ ref, annotations }) => {
    const fields = claims.get(ref)?.fields;
    const own = names.flatMap((name) => {
      const value = annotations?.[name];
      const source = fields?.get(`metadata.annotations.${name}`)?.source;
      return typeof value === 'string' && source && !source.startsWith(REGISTERED) ? [[name, value]] : [];
    });
    return own.length > 0 ? [{ ref, annotations: Object.fromEntries(own) as Record<string, string> }] : [];
  });
}
