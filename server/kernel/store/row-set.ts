import { type RawBuilder, sql } from 'kysely';

/** Can't occur in JSON text, nor in what `clean` has passed. */
const SEPARATOR = '\u001e';
const NULL = '\u001d';

type Value = string | number | null | undefined;

/**
 * Many rows as a table expression with columns of type text: `select … from ${rowSet({ ref, body })}`. Each
 * column travels as one text that the database splits. Against arrays of parameters that costs a third:
 * nothing is quoted here, unquoted there, or copied by the planner.
 * @param columns values by column name, equally many in each.
 */
export function rowSet(columns: Record<string, readonly Value[]>): RawBuilder<unknown> {
  const names = Object.keys(columns).map((name) => sql.ref(name));
  return sql`rows from (${sql.join(Object.values(columns).map(split))}) as row_set (${sql.join(names)})`;
}

function split(values: readonly Value[]): RawBuilder<unknown> {
  const joined = values.map((value) => value ?? NULL).join(SEPARATOR);
  // An empty text is split into nothing at all, not into one empty text.
  if (values.length === 1 && joined === '') return sql`unnest(array[''])`;
  return sql`string_to_table(${joined}, ${SEPARATOR}, ${NULL})`;
}

const unwanted = new RegExp(`[\\0${NULL}-\u001f]`, 'g');

/** Takes out the control characters that no text a person wrote holds, and the zero byte that PostgreSQL refuses. */
export function clean(text: string): string {
  return text.replace(unwanted, ' ');
}
