import { sql, type Transaction } from 'kysely';
import { column } from '../kernel/store/column.ts';
import type { GoldenRow } from './golden-row.ts';
import type { Rebuilt } from './rebuild.ts';
import type { CatalogTables } from './tables.ts';

type Tx = Transaction<CatalogTables>;

/** Array columns travel as one text an entity; the separator can't occur in a term. */
const SEPARATOR = '\u001f';

/**
 * Writes golden records and their relations, a few statements for a whole batch.
 * @returns refs of other entities whose relations changed with them.
 */
export async function writeRows(tx: Tx, { before, rows, relations, gone }: Rebuilt): Promise<string[]> {
  const related = new Set(relations.map(({ to_ref }) => to_ref));
  const known = [...before.keys()];
  if (known.length > 0) {
    const cut = await sql<{ to_ref: string }>`
      delete from relation where from_ref = any(${known}::text[]) returning to_ref`.execute(tx);
    for (const { to_ref } of cut.rows) related.add(to_ref);
    await addBackward(tx, known, related);
  }
  if (gone.length > 0) await sql`delete from entity where ref = any(${gone}::text[])`.execute(tx);
  await upsertEntities(tx, rows);
  if (relations.length > 0) {
    await sql`
      insert into relation (from_ref, to_ref, type, reverse)
      select * from unnest(${column('text', relations.map((r) => r.from_ref))},
        ${column('text', relations.map((r) => r.to_ref))}, ${column('text', relations.map((r) => r.type))},
        ${column('text', relations.map((r) => r.reverse))})`.execute(tx);
  }
  return [...related];
}

/** Entities that name these: what they show of them (that they exist, their titles) changes too. */
async function addBackward(tx: Tx, refs: readonly string[], related: Set<string>): Promise<void> {
  const { rows } = await sql<{ from_ref: string }>`
    select distinct from_ref from relation where to_ref = any(${refs}::text[])`.execute(tx);
  for (const { from_ref } of rows) related.add(from_ref);
}

const textColumns = [
  'ref', 'etag', 'kind', 'kind_label', 'namespace', 'name', 'name_lower', 'title', 'description', 'type',
  'lifecycle', 'owner', 'owner_confidence', 'system', 'language', 'freshness', 'review', 'search_text',
] as const;
const jsonColumns = ['body', 'status', 'problems'] as const;

async function upsertEntities(tx: Tx, rows: readonly GoldenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...textColumns, ...jsonColumns];
  const values = [
    ...textColumns.map((name) => column('text', rows.map((row) => row[name]))),
    ...jsonColumns.map((name) => column('json', rows.map((row) => row[name]))),
    column('uuid', rows.map((row) => row.uid)),
    column('int', rows.map((row) => row.problem_count)),
    column('text', rows.map((row) => row.tags.join(SEPARATOR))),
    column('text', rows.map((row) => row.terms.join(SEPARATOR))),
  ];
  const names = [...columns, 'uid', 'problem_count', 'tags_text', 'terms_text'].map((name) => sql.ref(name));
  const targets = [...columns, 'uid', 'problem_count', 'tags', 'terms', 'changed_at'];
  const updates = targets.filter((name) => name !== 'ref').map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`);
  await sql`
    insert into entity (${sql.join(targets.map((name) => sql.ref(name)))})
    select ${sql.join([...columns, 'uid', 'problem_count'].map((name) => sql.ref(name)))},
      string_to_array(tags_text, ${SEPARATOR}), string_to_array(terms_text, ${SEPARATOR}), ${rows[0]?.changed_at}
    from unnest(${sql.join(values)}) as u (${sql.join(names)})
    on conflict (ref) do update set ${sql.join(updates)}`.execute(tx);
}
