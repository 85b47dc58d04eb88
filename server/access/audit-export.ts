/** Audit entries as files, written as they are read. */
import { canonicalJson } from '#model/audit-chain.ts';
import { csvLine } from '../kernel/csv.ts';
import type { AuditEntry } from './contract.ts';

const columns = [
  'seq',
  'at',
  'actor',
  'behind',
  'address',
  'action',
  'target',
  'outcome',
  'status',
  'before',
  'after',
  'previousHash',
  'hash',
] as const satisfies readonly (keyof AuditEntry)[];

export async function* auditCsv(batches: AsyncIterable<AuditEntry[]>): AsyncGenerator<string> {
  yield csvLine(columns);
  for await (const entries of batches) yield entries.map(line).join('');
}

function line(entry: AuditEntry): string {
  const { before, after } = entry;
  const told = { ...entry, before: asText(before), after: asText(after) };
  return csvLine(columns.map((column) => told[column]));
}

function asText(value: unknown): string {
  return value === null ? '' : canonicalJson(value);
}

/** A list, an entry a line. */
export async function* auditJson(batches: AsyncIterable<AuditEntry[]>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const entries of batches) {
    yield before + entries.map((entry) => JSON.stringify(entry)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
