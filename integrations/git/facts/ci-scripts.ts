/** Scripts that a command names: those of package.json, targets of Makefiles, and files of the shell. */
import type { Tree } from '../detector.ts';
import { dig, parsed, parseJson, text } from '../reading/parse.ts';
import { joinPath } from '../reading/paths.ts';

export interface Script {
  /** The same for the same script. */
  id: string;
  text: string;
}

const PACKAGE_RUNNERS = new Set(['npm', 'yarn', 'pnpm', 'bun']);

const known = new WeakMap<Tree, Map<string, Script | undefined>>();

/** @param folder in which the command would be run. */
export function namedScript(tree: Tree, words: readonly string[], folder: string): Script | undefined {
  const scripts = known.get(tree) ?? new Map<string, Script | undefined>();
  known.set(tree, scripts);
  const key = `${folder}\n${words.join(' ')}`;
  if (!scripts.has(key)) scripts.set(key, findScript(tree, words, folder));
  return scripts.get(key);
}

function findScript(tree: Tree, words: readonly string[], folder: string): Script | undefined {
  const at = words.findIndex((word) => PACKAGE_RUNNERS.has(word) || word === 'make');
  if (at === -1) return shellScript(tree, words, folder);
  const names = words
    .slice(at + 1)
    .filter((word) => !word.startsWith('-') && !/^run(?:-script)?$/.test(word));
  const name = names[0];
  if (name === undefined) return undefined;
  const read = words[at] === 'make' ? target : packageScript;
  const source = read(tree, folder, name);
  return source === undefined ? undefined : { id: `${words[at]} ${folder} ${name}`, text: source };
}

function packageScript(tree: Tree, folder: string, name: string): string | undefined {
  const manifest = parsed(tree, joinPath(folder, 'package.json'), parseJson);
  return text(dig(manifest, 'scripts', name === 't' ? 'test' : name));
}

/** The commands of a Makefile's target, and those that it needs as calls of make. */
function target(tree: Tree, folder: string, name: string): string | undefined {
  const source = ['Makefile', 'makefile', 'GNUmakefile']
    .map((file) => tree.read(joinPath(folder, file)))
    .find((found) => found !== undefined);
  const lines = source?.split('\n') ?? [];
  const start = lines.findIndex(
    (line) => line.startsWith(name) && /^\s*:(?!=)/.test(line.slice(name.length)),
  );
  if (start === -1) return undefined;
  const needed = (lines[start] ?? '')
    .slice(name.length)
    .replace(/^\s*::?/, '')
    .replace(/#.*$/, '')
    .trim();
  const after = lines.slice(start + 1);
  const end = after.findIndex((line) => line.trim() !== '' && !line.startsWith('\t'));
  const recipe = after
    .slice(0, end === -1 ? undefined : end)
    .map((line) => line.trim().replace(/^[@+-]+/, ''));
  const calls = needed.split(/\s+/, 20).filter((word) => /^[\w./-]+$/.test(word));
  return [...calls.map((word) => `make ${word}`), ...recipe].join('\n');
}

const SHELLS = new Set(['bash', 'sh', 'zsh', 'source', '.', 'sudo', 'time', 'exec', 'travis_wait']);

function shellScript(tree: Tree, words: readonly string[], folder: string): Script | undefined {
  const word = words.find((one) => !SHELLS.has(one) && !one.startsWith('-'));
  if (word === undefined || !/^[\w./-]{1,200}$/.test(word) || !(word.includes('/') || word.endsWith('.sh')))
    return undefined;
  const path = joinPath(folder, word);
  const source = tree.read(path);
  const isShell = word.endsWith('.sh') || /^#!.{0,40}sh\b/.test(source ?? '');
  // Wrappers of build tools say nothing of what they are called for.
  if (source === undefined || !isShell || /(^|\/)(mvnw|gradlew)$/.test(word)) return undefined;
  return { id: path, text: source };
}
