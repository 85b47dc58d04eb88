import { type RawBuilder, sql } from 'kysely';

/** Can't occur in JSON text, nor in what `clean` has passed. */
const SEPARATOR = '\u001e';
const NULL = '\u001d';

/**
 * A column of values for `unnest`. As one text that the database splits it costs a fraction of an array
 * literal, each of whose elements is quoted here and unquoted there.
 * @param type the PostgreSQL type of one value.
 */
export function column(type: string, values: readonly (string | number | null | undefined)[]): RawBuilder<unknown> {
  const joined = values.map((value) => value ?? NULL).join(SEPARATOR);
  // An empty text is split into nothing at all, not into one empty text.
  if (values.length === 1 && joined === '') return sql`array['']::${sql.raw(type)}[]`;
  return sql`string_to_array(${joined}, ${SEPARATOR}, ${NULL})::${sql.raw(type)}[]`;
}

const unwanted = new RegExp(`[\\0${NULL}-\u001f]`, 'g');

/** Takes out the control characters that no text a person wrote holds, and the zero byte that PostgreSQL refuses. */
export function clean(text: string): string {
  return text.replace(unwanted, ' ');
}
