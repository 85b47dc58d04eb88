import type { Tree } from '../detector.ts';

/** Folders whose content is made, borrowed, or only shown: nothing in them is a part of the estate. */
const NOT_OURS =
  /^(\..+|tests?|testing|testdata|test-data|__tests__|__mocks__|mocks?|fixtures?|specs?|e2e|e2e-tests?|it|integration-?tests?|benchmarks?|examples?|samples?|sample-manifests|docs?|documentation|vendor|vendored|third[_-]party|node_modules|bower_components|pods|godeps|dist|target|out|site-packages|skeletons?|cookiecutter.*|archetype-resources|.*\{\{.*|.*\$\{.*|.*[-_.](tests?|e2e|unittests?|integrationtests?|functionaltests?))$/i;

/** Below these, a folder's name is a package of code and says nothing about the project's layout. */
const CODE_ROOT = /(^|\/)src\/(main|commonMain)\//;

const TEST_FILE =
  /(^test_.*\.py|_test\.(go|py|exs)|[._-](test|spec)s?\.[cm]?[jt]sx?|Tests?\.(java|kt|cs)|_spec\.rb)$/;

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function stemOf(path: string): string {
  const base = baseOf(path);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}

export function joinPath(folder: string, relative: string): string {
  const parts = relative.startsWith('/') ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.filter(Boolean).join('/');
}

/** Is `path` the folder itself or something in it? The root holds everything. */
export function isWithin(folder: string, path: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** The folder and all above it, innermost first, ending with the root. */
export function ancestry(folder: string): string[] {
  const chain = [folder];
  for (let at = folder; at !== ''; ) {
    at = folderOf(at);
    chain.push(at);
  }
  return chain;
}

const verdicts = new Map<string, boolean>();

/** Whether a folder belongs to the estate: not tests, examples, docs, vendored code or skeletons. */
export function isOurs(folder: string): boolean {
  const known = verdicts.get(folder);
  if (known !== undefined) return known;
  const code = CODE_ROOT.exec(`${folder}/`);
  const layout = code ? folder.slice(0, code.index) : folder;
  const verdict = !layout.split('/').some((part) => NOT_OURS.test(part));
  if (verdicts.size > 50_000) verdicts.clear();
  verdicts.set(folder, verdict);
  return verdict;
}

export function isTestFile(path: string): boolean {
  return TEST_FILE.test(baseOf(path));
}

/** Files of the estate, without those that `isOurs` rules out. Kept for as long as the tree. */
export function ourFiles(tree: Tree): readonly string[] {
  let files = kept.get(tree);
  if (!files) {
    files = tree.files.filter((path) => isOurs(folderOf(path)));
    kept.set(tree, files);
  }
  return files;
}
const kept = new WeakMap<Tree, readonly string[]>();

/** Our files with one of these base names. */
export function filesNamed(tree: Tree, ...names: string[]): string[] {
  const wanted = new Set(names);
  return ourFiles(tree).filter((path) => wanted.has(baseOf(path)));
}

/** The last segment of a folder, or the repository's name for the root. */
export function folderName(tree: Tree, folder: string): string {
  return folder === '' ? tree.name : baseOf(folder);
}
