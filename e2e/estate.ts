/** A small estate that the tests may change: one repository with two services and their team. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Estate {
  path: string;
  remove(): void;
}

const team = `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: shop }
spec: { type: team, children: [] }
`;

export function descriptor(name: string, description: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: ${description}
spec:
  type: service
  lifecycle: production
  owner: shop
`;
}

export function makeEstate(): Estate {
  const path = mkdtempSync(join(tmpdir(), 'atrium-estate-'));
  const repository = join(path, 'shop');
  mkdirSync(repository);
  const all = [
    team,
    descriptor('basket', 'Holds what will be bought'),
    descriptor('window', 'Shows what there is'),
  ];
  writeFileSync(join(repository, 'catalog-info.yaml'), all.join('---\n'));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, stdio: 'ignore' });
  git('init', '-q');
  git('add', '.');
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', 'A shop');
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
