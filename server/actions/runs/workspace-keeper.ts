/** The folder that the steps of a run share, and its copy in the store, from which any process can go on. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import { rowSet } from '../../kernel/store/row-set.ts';
import type { Seal } from './seal.ts';
import type { RunTables } from './tables.ts';

export interface KeeperDeps {
  db: Kysely<RunTables>;
  seal: Seal;
  /** Where the folders are made. */
  workDir: string;
}

/** Of all files of one workspace. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 20_000;
/** Of contents that are sent to the store at once. */
const BATCH_BYTES = 4 * 1024 * 1024;

interface Item {
  path: string;
  kind: 'file' | 'folder' | 'link';
  mode: number;
  /** Of a file: the name of its content. */
  hash?: string;
  /** Of a link. */
  target?: string;
}

/** What tells an unchanged file without reading it. */
interface Seen {
  mark: string;
  item: Item;
}

export class WorkspaceKeeper {
  readonly #deps: KeeperDeps;
  readonly #run: string;
  #folder: string | undefined;
  #seen: Map<string, Seen>;
  readonly #stored: Set<string>;

  private constructor(deps: KeeperDeps, run: string, items: readonly Item[]) {
    this.#deps = deps;
    this.#run = run;
    this.#seen = new Map();
    this.#stored = new Set(items.flatMap(({ hash }) => hash ?? []));
  }

  /** @param manifest as the run has it: what was in the workspace when it was last kept. */
  static async open(deps: KeeperDeps, run: string, manifest: Uint8Array | null): Promise<WorkspaceKeeper> {
    const items = manifest ? (deps.seal.openJson(manifest, run) as Item[]) : [];
    const keeper = new WorkspaceKeeper(deps, run, items);
    if (items.length > 0) await keeper.#restore(items);
    return keeper;
  }

  /** Made when it is first asked for: many steps need none. */
  get folder(): string {
    if (this.#folder === undefined) {
      mkdirSync(this.#deps.workDir, { recursive: true });
      this.#folder = mkdtempSync(join(this.#deps.workDir, 'run-'));
    }
    return this.#folder;
  }

  /**
   * Stores what changed since it was last kept.
   * @returns the new manifest; undefined when nothing changed.
   * @throws {AtriumError} STEP_FAILED when there is too much in it.
   */
  async keep(): Promise<Buffer | undefined> {
    if (this.#folder === undefined) return undefined;
    const marks = await this.#marks();
    if (sameMarks(marks, this.#seen)) return undefined;
    const seen = new Map<string, Seen>();
    const batch = new Map<string, Buffer>();
    for (const [path, { mark, item }] of marks) {
      const known = this.#seen.get(path);
      if (known?.mark === mark) {
        seen.set(path, known);
        continue;
      }
      seen.set(path, { mark, item: await this.#readItem(item, batch) });
      if (sizeOf(batch) > BATCH_BYTES) await this.#store(batch);
    }
    await this.#store(batch);
    this.#seen = seen;
    const items = [...seen.values()].map(({ item }) => item);
    return this.#deps.seal.sealJson(items, this.#run);
  }

  async remove(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  async #readItem(item: Item, batch: Map<string, Buffer>): Promise<Item> {
    const full = join(this.folder, item.path);
    if (item.kind === 'link') return { ...item, target: await readlink(full) };
    if (item.kind === 'folder') return item;
    const content = await readFile(full);
    const hash = this.#deps.seal.nameOf(content);
    if (!this.#stored.has(hash)) batch.set(hash, content);
    return { ...item, hash };
  }

  /** Whoever else holds the run may do the same: a content has one name. */
  async #store(batch: Map<string, Buffer>): Promise<void> {
    if (batch.size === 0) return;
    const { seal, db } = this.#deps;
    const sealed = [...batch.values()].map((content) => seal.seal(content, this.#run).toString('base64'));
    await sql`insert into run_file (run, hash, content)
      select ${this.#run}::uuid, hash, decode(content, 'base64')
      from ${rowSet({ hash: [...batch.keys()], content: sealed })} on conflict do nothing`.execute(db);
    for (const hash of batch.keys()) this.#stored.add(hash);
    batch.clear();
  }

  async #restore(items: readonly Item[]): Promise<void> {
    for (const item of items.filter(({ kind }) => kind === 'folder')) {
      await mkdir(join(this.folder, item.path), { recursive: true });
    }
    const files = Map.groupBy(
      items.filter(({ kind }) => kind === 'file'),
      ({ hash }) => hash ?? '',
    );
    const rows = await this.#deps.db
      .selectFrom('run_file')
      .select(['hash', 'content'])
      .where('run', '=', this.#run)
      .execute();
    for (const { hash, content } of rows) {
      const plain = this.#deps.seal.open(content, this.#run);
      for (const { path } of files.get(hash) ?? []) await writeFile(join(this.folder, path), plain);
    }
    for (const { path, target } of items) {
      if (target !== undefined) await symlink(target, join(this.folder, path));
    }
    for (const item of items) {
      if (item.kind !== 'link') await chmod(join(this.folder, item.path), item.mode);
    }
    const byPath = new Map(items.map((item) => [item.path, item]));
    const marks = await this.#marks();
    this.#seen = new Map(
      [...marks].map(([path, { mark, item }]) => [path, { mark, item: byPath.get(path) ?? item }]),
    );
  }

  /** Everything in it, links not followed. */
  async #marks(): Promise<Map<string, Seen>> {
    const found = new Map<string, Seen>();
    let bytes = 0;
    // A step may have taken away everything, and the folder with it.
    await mkdir(this.folder, { recursive: true });
    const visit = async (below: string): Promise<void> => {
      for (const entry of await readdir(join(this.folder, below), { withFileTypes: true })) {
        const path = below ? `${below}/${entry.name}` : entry.name;
        const kind = entry.isSymbolicLink() ? 'link' : entry.isDirectory() ? 'folder' : 'file';
        if (kind === 'file' && !entry.isFile()) continue;
        const { mode, size, mtimeMs, ino } = await lstat(join(this.folder, path));
        const permissions = mode & 0o777;
        const mark =
          kind === 'folder' ? `${permissions}` : `${kind} ${permissions} ${size} ${mtimeMs} ${ino}`;
        found.set(path, { mark, item: { path, kind, mode: permissions } });
        bytes += kind === 'file' ? size : 0;
        if (bytes > MOST_BYTES || found.size > MOST_ENTRIES) throw tooMuch();
        if (kind === 'folder') await visit(path);
      }
    };
    await visit('');
    return found;
  }
}

function sameMarks(marks: ReadonlyMap<string, Seen>, seen: ReadonlyMap<string, Seen>): boolean {
  return marks.size === seen.size && [...marks].every(([path, { mark }]) => seen.get(path)?.mark === mark);
}

function sizeOf(batch: ReadonlyMap<string, Buffer>): number {
  return [...batch.values()].reduce((sum, { length }) => sum + length, 0);
}

function tooMuch(): AtriumError {
  const most = `${MOST_BYTES / 1024 / 1024} MB or ${MOST_ENTRIES} files`;
  return new AtriumError('STEP_FAILED', `The workspace of a run may hold no more than ${most}`);
}
