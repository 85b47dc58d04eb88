/** A folder of descriptors whose every generation says something else of each component. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FILES = 60;
export const PER_FILE = 5;
export const COMPONENTS = FILES * PER_FILE;
const TEAMS = 7;

/** Writes generation n over the one before. */
export function writeGeneration(folder: string, generation: number): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < FILES; file++) {
    const first = file * PER_FILE;
    const documents = Array.from({ length: PER_FILE }, (_, index) => component(first + index, generation));
    const home = join(folder, `part-${file}`);
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'catalog-info.yaml'), documents.join('---\n'));
  }
}

/** A descriptor beside the folder, to be registered as a location of its own. */
export function writeExtra(folder: string, generation: number): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `extra-${generation}.yaml`);
  writeFileSync(file, descriptor(`extra-${generation}`, generation, team(0, generation), name(0)));
  return file;
}

function component(index: number, generation: number): string {
  const next = name((index + 1 + (generation % (COMPONENTS - 1))) % COMPONENTS);
  return descriptor(name(index), generation, team(index, generation), next);
}

function descriptor(own: string, generation: number, owner: string, dependency: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${own}
  description: generation ${generation}
spec:
  type: service
  lifecycle: production
  owner: ${owner}
  dependsOn: [component:${dependency}]
`;
}

const name = (index: number) => `part-${index}`;
const team = (index: number, generation: number) => `team-${(index + generation) % TEAMS}`;

/** The generation that a description names. */
export function generationOf(description: string | null | undefined): number {
  return Number(/^generation (\d+)$/.exec(description ?? '')?.[1] ?? Number.NaN);
}
