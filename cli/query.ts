import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { searchSchema } from '../server/catalog/contract.ts';
import { ask, portalOf, portalOptions } from './client.ts';
import { printTable } from './table.ts';

/** Searches a running portal, best matches first. Exits with 1 when there is none. */
export async function query(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, ...portalOptions },
  });
  const words = encodeURIComponent(positionals.join(' '));
  const found = await ask<z.infer<typeof searchSchema>>(portalOf(values), `/api/search?q=${words}`);
  if (values.json) console.log(JSON.stringify(found, null, 2));
  else {
    const rows = found.items.map((row) => [
      row.ref,
      row.type ?? '',
      row.owner ?? 'unknown',
      row.description ?? '',
    ]);
    printTable(['REF', 'TYPE', 'OWNER', 'DESCRIPTION'], rows);
  }
  return found.items.length > 0 ? 0 : 1;
}
