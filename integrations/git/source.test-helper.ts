import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Contribution, PartReading } from '#model/contribution.ts';
import type { SourceContext } from '#model/integration.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import type { GitConfig } from './config.ts';
import { git } from './index.ts';

// The configuration of whoever runs the tests must not matter.
process.env.GIT_CONFIG_GLOBAL = '/dev/null';
process.env.GIT_CONFIG_NOSYSTEM = '1';

const folders: string[] = [];

export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'atrium-git-')));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function gitIn(folder: string, ...args: string[]): string {
  const identity = [
    '-c',
    'user.name=Ann',
    '-c',
    'user.email=ann@example.com',
    '-c',
    'init.defaultBranch=main',
  ];
  const safe = ['-c', 'protocol.file.allow=always', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...safe, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

/** A checkout with one commit of these files. */
export function newRepository(folder: string, files: Record<string, string>): void {
  mkdirSync(folder, { recursive: true });
  gitIn(folder, 'init', '--quiet');
  write(folder, files);
  commit(folder);
}

export function commit(folder: string): string {
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--message', 'change');
  return gitIn(folder, 'rev-parse', 'HEAD');
}

export function component(name: string, extra = ''): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: production
  owner: team-a
${extra}`;
}

export function api(name: string, definition: string): string {
  return `apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: ${name}
spec:
  type: openapi
  lifecycle: production
  owner: team-a
  definition:
    ${definition}
`;
}

export function location(...targets: string[]): string {
  const list = targets.map((target) => `    - ${JSON.stringify(target)}`).join('\n');
  return `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: all\nspec:\n  targets:\n${list}\n`;
}

/** Stands in for the store: keeps the last reading of each part as a store would. */
export class Collector {
  readonly parts = new Map<string, PartReading>();
  /** All readings in the order in which they came. */
  readonly log: PartReading[] = [];
  readonly removed: string[] = [];
  readonly warnings: string[] = [];
  readonly #stop = new AbortController();
  readonly context: SourceContext = {
    sourceId: 'git:test',
    kinds: createKindRegistry(),
    workDir: newFolder(),
    signal: this.#stop.signal,
    now: () => new Date(),
    log: { info: () => {}, warn: (_fields, message) => void this.warnings.push(message) },
    progress: () => {},
    apply: (readings) => {
      for (const reading of readings) this.#keep(reading);
      return Promise.resolve();
    },
    remove: (parts) => {
      for (const part of parts) {
        this.parts.delete(part);
        this.removed.push(part);
      }
      return Promise.resolve();
    },
  };

  #keep(reading: PartReading): void {
    this.parts.set(reading.part, reading);
    this.log.push(reading);
  }

  stop(): void {
    this.#stop.abort();
  }

  get contributions(): Contribution[] {
    return [...this.parts.values()].flatMap(({ contributions }) => contributions);
  }

  get refs(): string[] {
    return [...new Set(this.contributions.map(({ ref }) => ref))].sort();
  }

  of(ref: string): Contribution[] {
    return this.contributions.filter((contribution) => contribution.ref === ref);
  }

  get problems() {
    return [...this.parts.values()].flatMap(({ problems }) => problems ?? []);
  }

  /** Waits until something holds. */
  async until(holds: () => boolean, limit = 5000): Promise<number> {
    const begin = performance.now();
    while (!holds()) {
      if (performance.now() - begin > limit) throw new Error(`it did not happen within ${limit} ms`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return performance.now() - begin;
  }
}

export async function readOnce(config: GitConfig, collector = new Collector()) {
  const keys = await git.create(config).read(collector.context);
  return { collector, keys };
}
