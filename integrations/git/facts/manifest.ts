/** The manifests of a component and the packages that they ask for. */
import type { Tree } from '../detector.ts';
import { languageOf, languagesIn } from '../reading/code.ts';
import { ancestry, baseOf, folderOf, isOurs, joinPath } from '../reading/paths.ts';
import { MOST_READ } from './bounds.ts';
import type { Scope } from './collector.ts';
import { namesIn } from './folder-names.ts';
import { ofGradle, ofMaven, ofNuget } from './manifest-compiled.ts';
import { ofCargo, ofComposer, ofGem, ofGo, ofMix, ofNpm } from './manifest-formats.ts';
import { ofPipfile, ofPyproject, ofRequirements, ofSetup } from './manifest-python.ts';
import type { ManifestReader, Package } from './manifest-reader.ts';
import { ownFiles } from './own-files.ts';

export type Ecosystem = 'npm' | 'go' | 'cargo' | 'pypi' | 'gem' | 'composer' | 'hex' | 'maven' | 'nuget';

export interface Manifest {
  ecosystem: Ecosystem;
  path: string;
  packages: readonly Package[];
}

const FORMATS: readonly (readonly [name: RegExp, ecosystem: Ecosystem, read: ManifestReader])[] = [
  [/^package\.json$/, 'npm', ofNpm],
  [/^go\.mod$/, 'go', ofGo],
  [/^Cargo\.toml$/, 'cargo', ofCargo],
  [/^pyproject\.toml$/, 'pypi', ofPyproject],
  [/^requirements([._-][\w.-]+)?\.(txt|in)$/, 'pypi', ofRequirements],
  [/^Pipfile$/, 'pypi', ofPipfile],
  [/^setup\.(py|cfg)$/, 'pypi', ofSetup],
  [/^Gemfile$/, 'gem', ofGem],
  [/^composer\.json$/, 'composer', ofComposer],
  [/^mix\.exs$/, 'hex', ofMix],
  [/^pom\.xml$/, 'maven', ofMaven],
  [/^build\.gradle(\.kts)?$/, 'maven', ofGradle],
  [/\.(cs|fs|vb)proj$|^packages\.config$/, 'nuget', ofNuget],
];

const LANGUAGES: Readonly<Record<Ecosystem, readonly string[]>> = {
  npm: ['JavaScript', 'TypeScript'],
  go: ['Go'],
  cargo: ['Rust'],
  pypi: ['Python'],
  gem: ['Ruby'],
  composer: ['PHP'],
  hex: ['Elixir', 'Erlang'],
  maven: ['Java', 'Kotlin', 'Scala', 'Groovy'],
  nuget: ['C#', 'F#', 'Visual Basic'],
};

const known = new WeakMap<Scope, readonly Manifest[]>();

/** Its own, or those of the nearest folder around it that are for a language in which it is written. */
export function manifestsOf(scope: Scope): readonly Manifest[] {
  let found = known.get(scope);
  if (!found) {
    const own = ownFiles(scope).filter((path) => isOurs(folderOf(path)));
    found = readManifests(scope.tree, own);
    if (found.length === 0) found = around(scope);
    known.set(scope, found);
  }
  return found;
}

function around({ tree, folder }: Scope): Manifest[] {
  const languages = new Set([...languagesIn(tree, folder).map(([language]) => language), languageOf(folder)]);
  for (const at of ancestry(folder).slice(1)) {
    const manifests = readManifests(
      tree,
      namesIn(tree, at).map((name) => joinPath(at, name)),
    );
    const fitting = manifests.filter(({ ecosystem }) =>
      LANGUAGES[ecosystem].some((one) => languages.has(one)),
    );
    if (fitting.length > 0) return fitting;
  }
  return [];
}

/** Manifests at these paths, in their order; files that are none are left out. */
export function readManifests(tree: Tree, paths: readonly string[]): Manifest[] {
  return paths
    .flatMap((path) => {
      const format = FORMATS.find(([name]) => name.test(baseOf(path)));
      return format ? [{ path, format }] : [];
    })
    .slice(0, MOST_READ)
    .flatMap(({ path, format: [, ecosystem, read] }) => {
      const packages = read(tree, path);
      return packages === undefined ? [] : [{ ecosystem, path, packages }];
    });
}
