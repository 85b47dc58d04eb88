/** Decides which folders and files of a source are worth watching. */
import type { Stats } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import type { Estate, SiteState } from './estate.ts';
import { HEAVY_FOLDERS } from './find-repositories.ts';

/** Folders that builds fill. They are watched only when git knows files in them. */
const BUILT_FOLDERS = new Set(['dist', 'build', 'target', 'out', 'coverage', 'bin', 'obj', 'tmp', 'logs']);

/** In `.git` and bare repositories: what changes with a commit, and the folders on the way to it. */
const GIT_STATE = /^(HEAD|packed-refs|logs|logs\/HEAD|refs|refs\/heads(\/.*)?|reftable(\/.*)?)?$/;

const MANIFEST_NAMES =
  /^(package\.json|pom\.xml|go\.mod|Cargo\.toml|pyproject\.toml|setup\.(py|cfg)|requirements.*\.txt|Pipfile|Gemfile|composer\.json|mix\.exs|CODEOWNERS|Jenkinsfile.*|.*Dockerfile.*|.*\.gradle(\.kts)?|.*\.(cs|fs|vb)proj|.*\.sln|.*\.tf|.*\.proto|.*\.(graphqls?|gql)|.*\.ya?ml|.*\.json|.*\.properties)$/;

const NOT_MANIFEST = /^(package-lock\.json|pnpm-lock\.yaml|composer\.lock|tsconfig.*\.json)$/;

/** What facts are observed from, beside manifests. */
const OBSERVED_NAMES =
  /^(readme|licen[cs]e|copying|changelog|contributing|security|code_of_conduct|runbook|playbook)(\..*)?$|\.(md|markdown|sarif|info|lock)$/i;

/** Whether a change of the file may change what is discovered. Code itself is looked at with the next commit. */
export function isManifest(path: string): boolean {
  const name = basename(path);
  return (MANIFEST_NAMES.test(name) && !NOT_MANIFEST.test(name)) || OBSERVED_NAMES.test(name);
}

export interface PathOfSite {
  state: SiteState;
  path: string;
  /** The path is within the repository's own `.git`. */
  isGit: boolean;
}

/** Finds the repository around an absolute path. */
export function findSite(folders: ReadonlyMap<string, SiteState>, full: string): PathOfSite | undefined {
  for (let folder = full; ; folder = dirname(folder)) {
    const state = folders.get(folder);
    if (state) {
      const path = relative(folder, full);
      if (state.site.kind === 'bare') return { state, path, isGit: true };
      const isGit = path === '.git' || path.startsWith('.git/');
      return { state, path: isGit ? path.slice(5) : path, isGit };
    }
    if (folder === dirname(folder)) return undefined;
  }
}

interface Known {
  /** Files that parts were read from. */
  files: Set<string>;
  /** Folders that lead to a file that was read or that git knows. */
  folders: Set<string>;
}

export class WatchFilter {
  readonly #estate: Estate;
  readonly #folders: ReadonlyMap<string, SiteState>;
  readonly #known = new WeakMap<SiteState, Known>();
  /** While the watcher takes stock, only folders with known files count; later ones may be new. */
  takingStock = true;

  constructor(estate: Estate, folders: ReadonlyMap<string, SiteState>) {
    this.#estate = estate;
    this.#folders = folders;
  }

  isIgnored(full: string, stats: Stats | undefined): boolean {
    if (HEAVY_FOLDERS.has(basename(full))) return true;
    const inGit = /\/\.git\/(.*)$/.exec(full)?.[1];
    if (inGit !== undefined) return !GIT_STATE.test(inGit);
    const found = findSite(this.#folders, full);
    if (!found) return false;
    const { state, path, isGit } = found;
    if (isGit) return !GIT_STATE.test(path);
    if (path === '' || !stats) return false;
    return stats.isDirectory() ? this.#isIgnoredFolder(state, path) : !this.#isWatched(state, path);
  }

  #isIgnoredFolder(state: SiteState, path: string): boolean {
    if (this.#knownOf(state).folders.has(path)) return false;
    if (state.site.only !== undefined && state.site.kind === 'plain') return true;
    const mayBeNew = !this.takingStock || state.site.kind === 'plain';
    return !mayBeNew || BUILT_FOLDERS.has(basename(path));
  }

  /** Files that some part was, or could be, read from. */
  #isWatched(state: SiteState, path: string): boolean {
    if (this.#knownOf(state).files.has(path)) return true;
    return state.site.discover ? isManifest(path) || this.#estate.isDescriptor(path) : /\.ya?ml$/.test(path);
  }

  #knownOf(state: SiteState): Known {
    const known = this.#known.get(state) ?? knownOf(state);
    this.#known.set(state, known);
    return known;
  }
}

function knownOf({ parts, repository }: SiteState): Known {
  const files = new Set([...parts.values()].flatMap((part) => [part.file.path, ...part.uses]));
  const folders = new Set<string>();
  for (const path of [...(repository.files.listed() ?? []), ...files]) {
    for (let at = dirname(path); at !== '.' && !folders.has(at); at = dirname(at)) folders.add(at);
  }
  return { files, folders };
}
