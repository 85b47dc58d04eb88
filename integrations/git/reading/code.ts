import type { Tree } from '../detector.ts';
import { folderOf, isTestFile, isWithin, ourFiles } from './paths.ts';

const LANGUAGES: Readonly<Record<string, string>> = {
  c: 'C',
  cc: 'C++',
  cpp: 'C++',
  clj: 'Clojure',
  cs: 'C#',
  dart: 'Dart',
  erl: 'Erlang',
  ex: 'Elixir',
  exs: 'Elixir',
  fs: 'F#',
  go: 'Go',
  groovy: 'Groovy',
  hs: 'Haskell',
  java: 'Java',
  js: 'JavaScript',
  cjs: 'JavaScript',
  mjs: 'JavaScript',
  jsx: 'JavaScript',
  jl: 'Julia',
  kt: 'Kotlin',
  lua: 'Lua',
  php: 'PHP',
  pl: 'Perl',
  py: 'Python',
  r: 'R',
  rb: 'Ruby',
  rs: 'Rust',
  scala: 'Scala',
  svelte: 'JavaScript',
  swift: 'Swift',
  ts: 'TypeScript',
  tsx: 'TypeScript',
  vb: 'Visual Basic',
  vue: 'JavaScript',
  zig: 'Zig',
  ipynb: 'Python',
};

/** Pages' scripts and styles: shipped by a service, not what it is written in. */
const ASSET = /(^|\/)(static|public|assets|wwwroot|webapp|www|images|genproto|generated|gen|migrations)\//;

export function languageOf(path: string): string | undefined {
  const dot = path.lastIndexOf('.');
  return dot === -1 ? undefined : LANGUAGES[path.slice(dot + 1).toLowerCase()];
}

export interface CodeFile {
  path: string;
  language: string;
  asset: boolean;
}

const kept = new WeakMap<Tree, readonly CodeFile[]>();

/** Source files of the estate, tests left out. */
export function codeFiles(tree: Tree): readonly CodeFile[] {
  let files = kept.get(tree);
  if (!files) {
    files = ourFiles(tree).flatMap((path) => {
      const language = languageOf(path);
      const minified = path.includes('.min.') || path.endsWith('.config.js') || path.endsWith('.config.ts');
      return !language || minified || isTestFile(path) ? [] : [{ path, language, asset: ASSET.test(path) }];
    });
    kept.set(tree, files);
  }
  return files;
}

/** The code files in a folder. Paths are sorted, so they lie together. */
function codeBelow(tree: Tree, folder: string): readonly CodeFile[] {
  const files = codeFiles(tree);
  if (folder === '') return files;
  // `0` is the character behind `/`.
  return files.slice(firstFrom(files, `${folder}/`), firstFrom(files, `${folder}0`));
}

function firstFrom(files: readonly CodeFile[], path: string): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((files[middle]?.path ?? '') < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Languages below a folder by number of files, most first; folders in `without` are left out. */
export function languagesIn(
  tree: Tree,
  folder: string,
  without: readonly string[] = [],
  withAssets = false,
): [string, number][] {
  const counts = new Map<string, number>();
  const inner = without.filter((other) => other !== folder && isWithin(folder, other));
  for (const { path, language, asset } of codeBelow(tree, folder)) {
    if ((asset && !withAssets) || inner.some((other) => isWithin(other, path))) continue;
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** Whether there is code below a folder, pages' scripts included. */
export function holdsCode(tree: Tree, folder: string): boolean {
  return codeBelow(tree, folder).length > 0;
}

/** TypeScript when a compiler is set up or most of the files are; JavaScript otherwise. */
export function scriptLanguage(tree: Tree, folder: string, hasCompiler: boolean): string {
  const counts = new Map(languagesIn(tree, folder));
  const typed = counts.get('TypeScript') ?? 0;
  const plain = counts.get('JavaScript') ?? 0;
  return hasCompiler
    ? typed > 0 || plain === 0
      ? 'TypeScript'
      : 'JavaScript'
    : typed > plain
      ? 'TypeScript'
      : 'JavaScript';
}

/** Whether a folder serves pages: its own markup together with the styles or scripts for it. */
export function servesPages(tree: Tree, folder: string): boolean {
  const pages = /(^|\/)(templates|static|public|views|wwwroot|webapp|pages|components|ui|www)\//i;
  let markup = false;
  let looks = false;
  for (const path of ourFiles(tree)) {
    if (!isWithin(folder, path)) continue;
    if (!pages.test(folder === '' ? path : path.slice(folder.length + 1))) continue;
    markup ||= /\.(html?|tmpl|gohtml|ejs|hbs|pug|erb|cshtml|razor|jsp|twig)$/.test(path);
    looks ||= /\.(css|scss|less)$/.test(path);
    if (markup && looks) return true;
  }
  return false;
}

/** Base names of the files right in a folder. */
export function hasFile(tree: Tree, folder: string, pattern: RegExp): boolean {
  return tree.files.some(
    (path) => folderOf(path) === folder && pattern.test(path.slice(folder === '' ? 0 : folder.length + 1)),
  );
}
