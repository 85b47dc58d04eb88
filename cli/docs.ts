import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { siteSchema } from '../server/docs/contract.ts';
import { ask } from './client.ts';
import { type ServerProcess, temporaryServer } from './server-process.ts';

const DEFAULT_PORT = '7008';
const LOOK_MS = 200;
/** A first reading of a large repository takes a while. */
const MOST_LOOKS = 600;

/** `docs serve [PATH]`: shows the documentation of a folder as the portal would, and follows its files. */
export async function docs(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { port: { type: 'string', default: DEFAULT_PORT }, branch: { type: 'string' } },
  });
  const [verb, path = '.'] = positionals;
  if (verb !== 'serve') throw new AtriumError('INPUT_INVALID', 'Write: atrium docs serve [PATH]');
  const folder = resolve(path);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new AtriumError('INPUT_INVALID', `${folder} is no folder`);
  }
  const home = mkdtempSync(join(tmpdir(), 'atrium-docs-'));
  try {
    const name = describe(home, folder);
    const server = await temporaryServer(['--config', join(home, 'atrium.yaml')], values.port);
    await announce(server, name, values.branch);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    await server.stop();
    return 0;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Writes a configuration that reads the folder, and a component whose documentation it is. @returns its name. */
function describe(home: string, folder: string): string {
  const name =
    basename(folder)
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
      .slice(0, 63) || 'docs';
  const place = `url:${pathToFileURL(folder).href}/`;
  const descriptor = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations: { 'backstage.io/techdocs-ref': place } },
    spec: { type: 'documentation', lifecycle: 'experimental', owner: 'user:default/guest' },
  };
  writeFileSync(join(home, 'catalog-info.yaml'), JSON.stringify(descriptor));
  const sources = [
    { integration: 'git', target: repositoryAround(folder), discovery: false },
    { integration: 'git', target: join(home, 'catalog-info.yaml') },
  ];
  writeFileSync(join(home, 'atrium.yaml'), JSON.stringify({ sources, docs: { checkLinks: false } }));
  return name;
}

/** With it, history and other branches can be shown, too. */
function repositoryAround(folder: string): string {
  try {
    const args = ['-C', folder, 'rev-parse', '--show-toplevel'];
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return folder;
  }
}

async function announce(server: ServerProcess, name: string, branch: string | undefined): Promise<void> {
  const query = branch === undefined ? '' : `?version=${encodeURIComponent(branch)}`;
  const site = await firstSite(server, `/api/docs/sites/component/default/${name}${query}`);
  for (const { message, path, line } of site.notices) {
    console.error(`${path}${line === null ? '' : `:${line}`} ${message}`);
  }
  const count = site.card.pages === 1 ? '1 page' : `${site.card.pages} pages`;
  console.log(`${site.card.title}: ${count} at ${server.url}/docs/component/default/${name}${query}`);
  console.log('It follows the files as they are saved. Ctrl C ends it.');
}

/** @throws {AtriumError} what the portal says last, when there is nothing to show. */
async function firstSite(server: ServerProcess, path: string): Promise<z.infer<typeof siteSchema>> {
  for (let look = 0; ; look++) {
    try {
      return await ask<z.infer<typeof siteSchema>>(server, path);
    } catch (error) {
      const { ready } = await ask<{ ready: boolean }>(server, '/api/sources');
      const isEarly = error instanceof AtriumError && /_NOT_FOUND$/.test(error.code) && !ready;
      if (!isEarly || look > MOST_LOOKS) {
        await server.stop();
        throw error;
      }
      await sleep(LOOK_MS);
    }
  }
}
