import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { ChainCheck, entryHash } from '#model/audit-chain.ts';
import { AtriumError } from '#model/errors.ts';
import {
  type AuditEntry,
  auditEntrySchema,
  type auditVerificationSchema,
} from '../server/access/contract.ts';
import { ask, portalOf, portalOptions } from './client.ts';

type Verification = z.infer<typeof auditVerificationSchema>;

/** Tells whether every entry of the audit is as it was written. Exits with 1 when one is not. */
export async function audit(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, ...portalOptions },
  });
  const [action, file] = positionals;
  if (action !== 'verify') throw new AtriumError('INPUT_INVALID', 'usage: atrium audit verify [FILE]');
  const found = file
    ? await verifyFile(file)
    : await ask<Verification>(portalOf(values), '/api/audit/verify');
  if (values.json) console.log(JSON.stringify(found, null, 2));
  else if (found.intact) console.log(`${found.entries} entries are intact; the newest is ${found.head}`);
  else console.log(`Broken at entry ${found.brokenAt}: ${found.reason}`);
  return found.intact ? 0 : 1;
}

/** What was exported as JSON, or what was streamed into a file; what came before the first entry is taken as it is. */
async function verifyFile(file: string): Promise<Verification> {
  const check = new ChainCheck();
  const seen = new Map<number, string>();
  for await (const entry of entriesOf(file)) {
    if (isRepeated(entry, seen)) continue;
    if (!check.add(entry)) break;
    seen.set(entry.seq, entry.hash);
  }
  const { broken, entries, last } = check;
  return {
    entries,
    intact: broken === undefined,
    brokenAt: broken?.seq ?? null,
    reason: broken?.reason ?? null,
    head: last?.hash ?? null,
  };
}

/** A stream may bring an entry twice, when a process ended between sending it and remembering that. */
function isRepeated(entry: AuditEntry, seen: ReadonlyMap<number, string>): boolean {
  return seen.get(entry.seq) === entry.hash && entryHash(entry.previousHash, entry) === entry.hash;
}

/** @throws {AtriumError} INPUT_INVALID naming the line that holds no entry. */
async function* entriesOf(file: string): AsyncGenerator<AuditEntry> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    number += 1;
    const text = line.trim().replace(/,$/, '');
    if (['', '[', ']'].includes(text)) continue;
    for (const value of [parse(text)].flat()) {
      const parsed = auditEntrySchema.safeParse(value);
      if (!parsed.success)
        throw new AtriumError('INPUT_INVALID', `${file}:${number}: this is no audit entry`);
      yield parsed.data;
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
