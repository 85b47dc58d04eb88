/** Writes docs/openapi.json as a running portal answers it: `node tools/openapi.ts`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPortal } from './portal.ts';

const file = join(import.meta.dirname, '../docs/openapi.json');

/** The document, with stable line breaks so that a change shows as one. */
export async function openapiText(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/openapi.json`);
  if (!answer.ok) throw new Error(`GET /api/openapi.json answered ${answer.status}`);
  return `${JSON.stringify(await answer.json(), null, 1)}\n`;
}

if (import.meta.main) {
  const portal = await startPortal(['--memory']);
  try {
    writeFileSync(file, await openapiText(portal.url));
  } finally {
    await portal.stop();
  }
}
