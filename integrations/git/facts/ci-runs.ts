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
/** Of one pipeline. */
const MOST_STEPS = 2000;
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
  return commands.slice(0, MOST_STEPS).flatMap((command) => runsIn(look, command, command.folder, 0));
}

function runsIn(look: Look, source: Text, start: string | undefined, depth: number): Run[] {
  let folder = start;
  const runs: Run[] = [];
  for (const simple of simpleCommands(source)) {
    if (simple.moved === undefined) {
      const at = simple.option === undefined ? folder : folderFrom(folder, simple.option);
      runs.push(...followed(look, simple, at, depth));
    } else folder = folderFrom(folder, simple.moved);
  }
  return runs;
}

type Text = Pick<Command, 'text'>;

interface Simple {
  words: readonly string[];
  judgement: Judgement;
  /** To where it goes, for all that follow. */
  moved?: string | undefined;
  /** In which it alone works. */
  option?: string | undefined;
}

const known = new WeakMap<Text, readonly Simple[]>();

/** Many components share a pipeline and its scripts. */
function simpleCommands(source: Text): readonly Simple[] {
  let found = known.get(source);
  if (!found) {
    found = source.text
      .replace(/\\\r?\n/g, ' ')
      .split(/\r?\n|&&|\|\||[;|]|\$\(/, MOST_COMMANDS)
      .map((one) => one.trim())
      .filter((one) => one !== '' && !one.startsWith('#'))
      .map(simpleCommand);
    known.set(source, found);
  }
  return found;
}

function simpleCommand(text: string): Simple {
  const all = wordsOf(text);
  const moved = /^(?:cd|pushd)$/.test(all[0] ?? '') ? all[1] : undefined;
  const at = all.findIndex((word) => FOLDER_OPTION.test(word));
  const words = at === -1 ? all : all.toSpliced(at, 2);
  return { words, judgement: judge(words), moved, option: at === -1 ? undefined : (all[at + 1] ?? '') };
}

/** Undefined where only the shell knows. */
function folderFrom(folder: string | undefined, to: string): string | undefined {
  if (to === '' || /[$~*`]|^-/.test(to) || to.startsWith('/')) return undefined;
  return joinPath(folder ?? '', to);
}

function followed(
  look: Look,
  { words, judgement }: Simple,
  folder: string | undefined,
  depth: number,
): Run[] {
  const own = { ...judgement, folder };
  for (const place of new Set([folder ?? '', look.usual])) {
    const script = namedScript(look.tree, words, place);
    if (!script) continue;
    // What `npm init` writes as the test of a new package.
    if (script.text.includes('no test specified')) return [];
    if (depth === DEEPEST || look.seen.has(script.id)) break;
    look.seen.add(script.id);
    const inner = runsIn(look, script, place, depth + 1);
    // What is behind a name tells more than the name.
    const tests = own.tests && !inner.some((run) => run.tests);
    const builds = own.builds && !inner.some((run) => run.builds);
    return [{ ...own, tests, builds }, ...inner];
  }
  return [own];
}
