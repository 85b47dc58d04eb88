/** What the commands of a pipeline come to, through the scripts and targets that they name. */
import type { Tree } from '../detector.ts';
import { joinPath } from '../reading/paths.ts';
import { type Judgement, judge, wordsOf } from './ci-commands.ts';
import { namedScript } from './ci-scripts.ts';

export interface Command {
  text: string;
  /** In which it works, where that is known. */
  folder?: string | undefined;
}

export interface Run extends Judgement {
  folder?: string | undefined;
}

/** A script may call another, which calls another. */
const DEEPEST = 3;
/** Commands of one text that are looked at. */
const MOST_COMMANDS = 500;
const FOLDER_OPTION = /^(?:-C|--prefix|--cwd|--directory|--dir)$/;

interface Look {
  tree: Tree;
  /** Where to look up scripts and targets when the command's folder has none. */
  usual: string;
  /** Scripts that were followed already. */
  seen: Set<string>;
}

/** What each command does, and where. */
export function runsOf(tree: Tree, commands: readonly Command[], usual: string): Run[] {
  const look = { tree, usual, seen: new Set<string>() };
  return commands.flatMap((command) => runsIn(look, command, 0));
}

function runsIn(look: Look, command: Command, depth: number): Run[] {
  let folder = command.folder;
  const runs: Run[] = [];
  for (const simple of simpleCommands(command.text)) {
    const words = wordsOf(simple);
    const moved = /^(?:cd|pushd)$/.test(words[0] ?? '') ? words[1] : undefined;
    if (moved !== undefined) {
      folder = folderFrom(folder, moved);
      continue;
    }
    const option = words.findIndex((word) => FOLDER_OPTION.test(word));
    const at = option === -1 ? folder : folderFrom(folder, words[option + 1] ?? '');
    const plain = option === -1 ? words : words.toSpliced(option, 2);
    runs.push(...followed(look, plain, at, depth));
  }
  return runs;
}

function simpleCommands(source: string): string[] {
  return source
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n|&&|\|\||[;|]|\$\(/, MOST_COMMANDS)
    .map((one) => one.trim())
    .filter((one) => one !== '' && !one.startsWith('#'));
}

/** Undefined where only the shell knows. */
function folderFrom(folder: string | undefined, to: string): string | undefined {
  if (to === '' || /[$~*`]|^-/.test(to) || to.startsWith('/')) return undefined;
  return joinPath(folder ?? '', to);
}

function followed(look: Look, words: readonly string[], folder: string | undefined, depth: number): Run[] {
  const own = { ...judge(words), folder };
  for (const place of new Set([folder ?? '', look.usual])) {
    const script = namedScript(look.tree, words, place);
    if (!script) continue;
    // What `npm init` writes as the test of a new package.
    if (script.text.includes('no test specified')) return [];
    if (depth === DEEPEST || look.seen.has(script.id)) break;
    look.seen.add(script.id);
    const inner = runsIn(look, { text: script.text, folder: place }, depth + 1);
    // What is behind a name tells more than the name.
    const tests = own.tests && !inner.some((run) => run.tests);
    const builds = own.builds && !inner.some((run) => run.builds);
    return [{ ...own, tests, builds }, ...inner];
  }
  return [own];
}
