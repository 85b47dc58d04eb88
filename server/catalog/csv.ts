/** Rows as comma-separated values. */
import { csvLine } from '../kernel/csv.ts';
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
  yield csvLine(columns);
  for await (const rows of batches) yield rows.map(line).join('');
}

function line(row: Row): string {
  return csvLine(
    columns.map((column) => {
      const value = row[column];
      return Array.isArray(value) ? value.join(' ') : value;
    }),
  );
}
