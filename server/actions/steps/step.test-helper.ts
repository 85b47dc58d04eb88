/** Runs a step action on a workspace of its own. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Entity } from '#model/entity.ts';
import { createRenderer, type Renderer } from '../expressions/index.ts';
import type { FetchTree } from '../fetch-tree.ts';
import type { StepAction, StepContext, StepOutcome, Values } from '../step-action.ts';

const made: string[] = [];

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-step-'));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Texts and bytes by path; `-> target` makes a link, a path that ends with a slash a folder. */
export type Files = Record<string, string | Uint8Array>;

export function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const full = join(folder, path);
    mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (path.endsWith('/')) continue;
    if (typeof content === 'string' && content.startsWith('-> ')) symlinkSync(content.slice(3), full);
    else writeFileSync(full, content);
  }
}

/** All that is in a folder, as `write` takes it. */
export function read(folder: string, below = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(folder, below)).sort()) {
    const path = below ? `${below}/${name}` : name;
    const full = join(folder, path);
    const stats = lstatSync(full);
    if (stats.isSymbolicLink()) found[path] = `-> ${readlinkSync(full)}`;
    else if (!stats.isDirectory()) found[path] = readFileSync(full, 'utf8');
    else if (readdirSync(full).length === 0) found[`${path}/`] = '';
    else Object.assign(found, read(folder, path));
  }
  return found;
}

export const makeExecutable = (folder: string, path: string) => chmodSync(join(folder, path), 0o755);
export const isExecutable = (folder: string, path: string) =>
  (lstatSync(join(folder, path)).mode & 0o100) !== 0;

export interface StepResult {
  outcome: StepOutcome;
  output: Values;
  workspace: string;
  files: Record<string, string>;
  log: string[];
}

const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: {
    name: 'service',
    annotations: { 'backstage.io/source-location': 'file:/estate/templates/service/' },
  },
  spec: { type: 'service', steps: [] },
};

export async function runStep(
  action: StepAction,
  input: Values,
  { files = {}, workspace = newFolder() }: { files?: Files; workspace?: string } = {},
): Promise<StepResult> {
  write(workspace, files);
  const log: string[] = [];
  const context: StepContext = {
    input,
    workspace,
    key: 'run/step',
    runId: 'run',
    user: { ref: 'user:default/ada', entity: null },
    template: { ref: 'template:default/service', entity: template },
    entity: null,
    log: { info: (message) => log.push(message), warn: (message) => log.push(`warning: ${message}`) },
    signal: new AbortController().signal,
  };
  const outcome = await action.run(context);
  const output = 'output' in outcome ? outcome.output : {};
  return { outcome, output, workspace, files: read(workspace), log };
}

/** Fetches from a folder made of the given files; remembers what was asked for. */
export function treeOf(files: Files) {
  const folder = newFolder();
  write(folder, files);
  const asked: { url: string; base: string | undefined; token: string | undefined }[] = [];
  let open = 0;
  const fetchTree: FetchTree = async (url, base, { token }) => {
    asked.push({ url, base, token });
    open++;
    return { root: folder, path: join(folder, url), release: async () => void open-- };
  };
  return { folder, asked, fetchTree, isReleased: () => open === 0 };
}

let shared: Renderer | undefined;

/** One for all tests of a file: starting one takes a moment. */
export function testRenderer(): Renderer {
  shared ??= createRenderer();
  return shared;
}
