/** Rows as comma-separated values (RFC 4180), safe to open in a spreadsheet. */
import type { Row } from './contract.ts';

const columns = [
  'ref',
  'kind',
  'namespace',
  'name',
  'title',
  'description',
  'type',
  'lifecycle',
  'owner',
  'ownerConfidence',
  'system',
  'language',
  'tags',
  'freshness',
  'review',
  'problems',
  'changedAt',
] as const satisfies readonly (keyof Row)[];

export async function* toCsv(batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
  yield `${columns.join(',')}\r\n`;
  for await (const rows of batches) yield rows.map(line).join('');
}

function line(row: Row): string {
  return `${columns.map((column) => cell(row[column])).join(',')}\r\n`;
}

function cell(value: Row[keyof Row]): string {
  const text = guarded(Array.isArray(value) ? value.join(' ') : String(value ?? ''));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet runs what starts like a formula; an apostrophe in front makes it text. */
function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
