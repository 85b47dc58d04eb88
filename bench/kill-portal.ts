/** What the kill test asks of a portal. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, type Portal } from '../tools/portal.ts';

/** Makes a database for one run; the embedded store without it. */
export type CreateDatabase = ((name: string) => Promise<string>) | undefined;

export const SETTLE_MS = 120_000;
export const POLL_MS = 20;

/** Arguments of a portal that reads the source into a store of the given name. */
export async function argumentsFor(
  folder: string,
  name: string,
  source: string,
  createDatabase: CreateDatabase,
): Promise<string[]> {
  const config = join(folder, `${name}.yaml`);
  writeFileSync(
    config,
    JSON.stringify({ sources: [{ id: 'parts', target: source, discovery: false }], logLevel: 'error' }),
  );
  const url = await createDatabase?.(`atrium_${name}_${process.pid}`);
  return ['--config', config, '--data', join(folder, name), ...(url ? ['--database', url] : [])];
}

/** Registers a location. @returns whether the portal has said that it did. */
export async function register({ url }: Portal, target: string): Promise<boolean> {
  const body = JSON.stringify({ type: 'file', target });
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${url}/api/catalog/locations`, init).catch(() => undefined);
  return answer?.status === 201;
}

/** Targets of all registered locations. */
export async function knownLocations({ url }: Portal): Promise<string[]> {
  const known = await ask<{ data: { target: string } }[]>(url, '/api/catalog/locations');
  return known.map(({ data }) => data.target);
}
