/** Builds the web app when its sources have changed since it was built last. A release has only what was built. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
if (!existsSync(join(root, 'web/index.html'))) process.exit(0);
const marker = join(root, 'web/dist/.built');
const inputs = [
  'web',
  'model',
  'server/catalog/contract.ts',
  'server/sources/contract.ts',
  'server/ownership/contract.ts',
  'server/access/contract.ts',
  'server/actions/contract.ts',
  'server/facts/contract.ts',
  'server/scorecards/contract.ts',
  'server/views/contract.ts',
];

const state = fingerprint();
if (existsSync(marker) && readFileSync(marker, 'utf8') === state) process.exit(0);
const { build } = await import('vite');
console.log('Building the pages (once, and after each change of their sources)…');
await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
writeFileSync(marker, state);

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const input of [...inputs, 'package-lock.json', 'vite.config.ts']) {
    for (const file of filesOf(join(root, input)))
      hash.update(relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'dist')
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}
