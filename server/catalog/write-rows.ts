import { sql, type Transaction } from 'kysely';
import { rowSet } from '../kernel/store/row-set.ts';
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
      select from_ref, to_ref, type, reverse from ${rowSet({
        from_ref: relations.map((relation) => relation.from_ref),
        to_ref: relations.map((relation) => relation.to_ref),
        type: relations.map(({ type }) => type),
        reverse: relations.map(({ reverse }) => reverse),
      })}`.execute(tx);
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
  'ref',
  'etag',
  'kind',
  'kind_label',
  'namespace',
  'name',
  'name_lower',
  'title',
  'description',
  'type',
  'lifecycle',
  'owner',
  'owner_confidence',
  'owner_json',
  'system',
  'language',
  'freshness',
  'review',
  'search_text',
] as const;
const castColumns = {
  body: 'json',
  status: 'json',
  problems: 'json',
  uid: 'uuid',
  problem_count: 'int',
} as const;
const listColumns = ['tags', 'terms'] as const;
type Castable = keyof typeof castColumns;

async function upsertEntities(tx: Tx, rows: readonly GoldenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const casts = Object.entries(castColumns) as [Castable, string][];
  const columns: Record<string, (string | number | null | undefined)[]> = {};
  for (const name of textColumns) columns[name] = rows.map((row) => row[name]);
  for (const [name] of casts) columns[name] = rows.map((row) => row[name]);
  for (const name of listColumns) columns[name] = rows.map((row) => row[name].join(SEPARATOR));
  const values = [
    ...textColumns.map((name) => sql.ref(name)),
    ...casts.map(([name, type]) => sql`${sql.ref(name)}::${sql.raw(type)}`),
    ...listColumns.map((name) => sql`string_to_array(${sql.ref(name)}, ${SEPARATOR})`),
    sql`${rows[0]?.changed_at}::timestamptz`,
  ];
  const targets = [...Object.keys(columns), 'changed_at'].map((name) => sql.ref(name));
  await sql`
    insert into entity (${sql.join(targets)}) select ${sql.join(values)} from ${rowSet(columns)}
    on conflict (ref) do update set ${sql.join(targets.map((name) => sql`${name} = excluded.${name}`))}`.execute(
    tx,
  );
}
