/** Renders the skeleton of something new: names of files and folders, and what is in them. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import { type Dialect, isPlain, type Renderer } from './expressions/index.ts';
import { matchingPaths } from './globs.ts';
import type { StepLog, Values } from './step-action.ts';
import { copyInside, type Entry, entriesOf, existsInside, makeInside, writeInside } from './workspace.ts';

export interface SkeletonOptions {
  values: Values;
  /** Globs of what is copied as it is; its names are rendered, unless `keepNames`. */
  copyWithoutTemplating?: readonly string[] | undefined;
  keepNames?: boolean | undefined;
  cookiecutter?: boolean | undefined;
  /** Only files that end so are rendered, and lose it. */
  extension?: string | undefined;
  /** Whether what is there already is replaced. */
  replace?: boolean | undefined;
  trimBlocks?: boolean | undefined;
  lstripBlocks?: boolean | undefined;
}

export interface Skeleton {
  /** Folder whose content is rendered. */
  from: string;
  /** Folder that nothing may be written outside of. */
  workspace: string;
  /** Where to, from the workspace. */
  targetPath: string;
}

/** One file, link or folder on its way. */
interface Piece {
  entry: Entry;
  /** Whether its content is rendered. */
  rendered: boolean;
  target: string;
}

/** Rendered in one go, in characters: others wait for the process that renders meanwhile. */
const BATCH_LENGTH = 512 * 1024;
const LONGEST_FILE = 8 * 1024 * 1024;
const NAMES_AT_ONCE = 2000;

/** @throws {AtriumError} STEP_FAILED, PATH_OUTSIDE, EXPRESSION_REFUSED */
export async function renderTree(
  renderer: Renderer,
  skeleton: Skeleton,
  options: SkeletonOptions,
  log: StepLog,
): Promise<void> {
  const writer = new SkeletonWriter(renderer, skeleton, options, log);
  for (const piece of await writer.pieces()) await writer.add(piece);
  await writer.flush();
}

export function dialectOf({ cookiecutter, trimBlocks, lstripBlocks }: SkeletonOptions): Dialect {
  return {
    ...(cookiecutter && { cookiecutter }),
    ...(trimBlocks && { trimBlocks }),
    ...(lstripBlocks && { lstripBlocks }),
  };
}

/** What expressions of a skeleton see: not the parameters of the template, but what it hands on. */
export function contextOf({ cookiecutter, values }: SkeletonOptions): Values {
  return { [cookiecutter ? 'cookiecutter' : 'values']: values };
}

class SkeletonWriter {
  readonly #renderer: Renderer;
  readonly #skeleton: Skeleton;
  readonly #options: SkeletonOptions;
  readonly #log: StepLog;
  /** What this run has written or is about to: of two pieces of one name, the first counts. */
  readonly #taken = new Set<string>();
  #batch: { piece: Piece; text: string }[] = [];
  #length = 0;

  constructor(renderer: Renderer, skeleton: Skeleton, options: SkeletonOptions, log: StepLog) {
    this.#renderer = renderer;
    this.#skeleton = skeleton;
    this.#options = options;
    this.#log = log;
  }

  /** What is to be written and where to; what has no name is left out. */
  async pieces(): Promise<Piece[]> {
    const { copyWithoutTemplating = [], keepNames, extension } = this.#options;
    const entries = await entriesOf(this.#skeleton.from);
    const copied = matched(entries, copyWithoutTemplating);
    const planned = entries.map((entry) => {
      const isTemplate = extension
        ? entry.kind === 'file' && extname(entry.path) === extension
        : !copied.has(entry.path);
      const name = extension && isTemplate ? entry.path.slice(0, -extension.length) : entry.path;
      // With its slash, a folder whose name becomes empty takes all that is in it along.
      const path = entry.kind === 'folder' ? `${name}/` : name;
      return { entry, rendered: isTemplate, path, keep: keepNames && copied.has(entry.path) };
    });
    const rendered = await this.#names(planned.map(({ path, keep }) => (keep ? null : path)));
    return planned.flatMap(({ entry, rendered: isTemplate, path }, index) => {
      const target = rendered[index] ?? path;
      return isLeftOut(target) ? [] : [{ entry, rendered: isTemplate, target }];
    });
  }

  async #names(paths: readonly (string | null)[]): Promise<(string | null)[]> {
    const names: (string | null)[] = [];
    for (let start = 0; start < paths.length; start += NAMES_AT_ONCE) {
      const chunk = paths.slice(start, start + NAMES_AT_ONCE);
      const texts = await this.#render(
        chunk.map((path) => ({ text: path ?? '', shown: `the name ${path}` })),
      );
      names.push(...chunk.map((path, index) => (path === null ? null : (texts[index] ?? ''))));
    }
    return names;
  }

  async add(piece: Piece): Promise<void> {
    const { from, workspace, targetPath } = this.#skeleton;
    const { entry } = piece;
    const path = `${targetPath}/${piece.target}`;
    if (entry.kind === 'folder') return makeInside(workspace, path);
    if (!this.#options.replace && (this.#taken.has(path) || (await existsInside(workspace, path)))) return;
    this.#taken.add(path);
    const source = join(from, entry.path);
    if (entry.kind === 'link') {
      if (!(await copyInside(source, entry, workspace, path))) {
        this.#log.warn(`${entry.path} is left out: it is a link that leads out of the workspace`);
      }
      return;
    }
    const content = await readFile(source);
    const text = piece.rendered ? textOf(content) : undefined;
    if (text === undefined) await writeInside(workspace, path, content, entry.mode);
    else if (text.length > LONGEST_FILE && !isPlain(text, dialectOf(this.#options))) {
      const hint = 'name it in copyWithoutTemplating, or make it smaller';
      throw new AtriumError('STEP_FAILED', `${entry.path} is too large to be rendered: ${hint}`);
    } else await this.#enqueue(piece, text);
  }

  async #enqueue(piece: Piece, text: string): Promise<void> {
    this.#batch.push({ piece, text });
    this.#length += text.length;
    if (this.#length >= BATCH_LENGTH) await this.flush();
  }

  /** Renders and writes what has gathered. */
  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#length = 0;
    const texts = await this.#render(batch.map(({ piece, text }) => ({ text, shown: piece.entry.path })));
    const { workspace, targetPath } = this.#skeleton;
    for (const [index, { piece }] of batch.entries()) {
      await writeInside(workspace, `${targetPath}/${piece.target}`, texts[index] ?? '', piece.entry.mode);
    }
  }

  #render(items: { text: string; shown: string }[]): Promise<string[]> {
    return renderAll(this.#renderer, items, this.#options);
  }
}

/** @throws {AtriumError} STEP_FAILED that names the file and the place in it. */
export async function renderAll(
  renderer: Renderer,
  items: readonly { text: string; shown: string }[],
  options: SkeletonOptions,
): Promise<string[]> {
  if (items.length === 0) return [];
  const results = await renderer.renderTexts(
    items.map(({ text }) => text),
    contextOf(options),
    dialectOf(options),
  );
  return results.map((result, index) => {
    if ('text' in result) return result.text;
    throw new AtriumError('STEP_FAILED', `${items[index]?.shown} can't be rendered: ${result.error}`);
  });
}

function matched(entries: readonly Entry[], globs: readonly string[]): Set<string> {
  // A folder that is named means all that is in it.
  const patterns = globs.flatMap((glob) => [glob, `${glob.replace(/\/+$/, '')}/**`]);
  return new Set(patterns.flatMap((glob) => matchingPaths(entries, glob, true)));
}

/** No name, or that of a folder without one. */
function isLeftOut(target: string): boolean {
  return target === '' || target.startsWith('/') || target.includes('//');
}

/** The text of a file; undefined when it is not one. */
function textOf(content: Buffer): string | undefined {
  if (content.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}
