import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { reviewSchema, rowsSchema } from '../server/catalog/contract.ts';
import type { sourcesSchema } from '../server/sources/contract.ts';
import { ask, type PortalAccess } from './client.ts';
import { temporaryServer } from './server-process.ts';
import { printTable } from './table.ts';

type Rows = z.infer<typeof rowsSchema>['items'];
type ReviewItems = z.infer<typeof reviewSchema>['items'];

const PAGE = 500;
const REVIEW_PAGE = 200;

/** Reads the repositories below some paths and prints the inventory. */
export async function scan(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, write: { type: 'boolean' } },
  });
  const server = await temporaryServer(positionals.length > 0 ? positionals : ['.']);
  try {
    await settled(server);
    const rows = await allRows(server);
    if (values.json) console.log(JSON.stringify({ entities: await allEntities(server) }, null, 2));
    else printInventory(rows);
    if (values.write) writeProposals(await allProposals(server));
    return 0;
  } finally {
    await server.stop();
  }
}

async function settled(portal: PortalAccess): Promise<void> {
  for (;;) {
    const { ready } = await ask<z.infer<typeof sourcesSchema>>(portal, '/api/sources');
    if (ready) return;
    await sleep(100);
  }
}

async function allRows(portal: PortalAccess): Promise<Rows> {
  const rows: Rows = [];
  for (;;) {
    const page = await ask<z.infer<typeof rowsSchema>>(
      portal,
      `/api/catalog/rows?sort=kind&limit=${PAGE}&offset=${rows.length}`,
    );
    rows.push(...page.items);
    if (page.items.length < PAGE) return rows;
  }
}

async function allEntities(portal: PortalAccess): Promise<unknown[]> {
  return ask<unknown[]>(portal, '/api/catalog/entities');
}

async function allProposals(portal: PortalAccess): Promise<ReviewItems> {
  const items: ReviewItems = [];
  for (;;) {
    const page = await ask<z.infer<typeof reviewSchema>>(
      portal,
      `/api/review?limit=${REVIEW_PAGE}&offset=${items.length}`,
    );
    items.push(...page.items);
    if (page.items.length < REVIEW_PAGE) return items;
  }
}

function printInventory(rows: Rows): void {
  printTable(
    ['KIND', 'NAME', 'TYPE', 'LANGUAGE', 'OWNER', 'STATE'],
    rows.map((row) => [
      row.kind,
      row.name,
      row.type ?? '',
      row.language ?? '',
      row.ownerConfidence === 'guess' ? `${row.owner}?` : (row.owner ?? 'unknown'),
      row.problems > 0 ? `${row.problems} problems` : row.review,
    ]),
  );
  console.log(`${rows.length} found`);
}

/** Writes each proposal beside what it describes, and never over a file that is there. */
function writeProposals(items: ReviewItems): void {
  const files = Map.groupBy(
    items.flatMap((item) => {
      const file = item.proposalFile;
      return file ? [{ file, proposal: item.proposal }] : [];
    }),
    ({ file }) => file,
  );
  for (const [file, proposals] of files) {
    if (existsSync(file)) {
      console.log(`kept     ${file}`);
      continue;
    }
    writeFileSync(
      file,
      proposals
        .map(({ proposal }) => proposal.trimEnd())
        .join('\n---\n')
        .concat('\n'),
    );
    console.log(`written  ${file}`);
  }
}
