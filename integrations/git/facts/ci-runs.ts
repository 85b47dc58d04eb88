/** What the commands of a pipeline come to, through the scripts and targets that they name. */
import type { Tree } from '../detector.ts';
import { type Judgement, judge, wordsOf } from './ci-commands.ts';
import { placesNamed } from './ci-places.ts';
import { namedScript } from './ci-scripts.ts';
import { type Folder, Shell } from './ci-shell.ts';

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

function runsIn(look: Look, source: Text, start: Folder, depth: number): Run[] {
  const shell = new Shell(start);
  const runs: Run[] = [];
  for (const simple of simpleCommands(source)) {
    const [first, second = ''] = simple.words;
    shell.enter(simple.brackets);
    if (first === 'for' && simple.words[2] === 'in') shell.loop(second, simple.words.slice(3));
    else if (first === 'cd') shell.move(second);
    else if (first === 'pushd') shell.push(second);
    else if (first === 'popd') shell.pop();
    else for (const at of shell.at(simple.option)) runs.push(...followed(look, simple, at, depth));
    shell.leave(simple.brackets);
  }
  return runs;
}

type Text = Pick<Command, 'text'>;

interface Simple {
  words: readonly string[];
  judgement: Judgement;
  /** How many it opens; below zero how many it closes. */
  brackets: number;
  /** In which folder it alone works. */
  option?: string | undefined;
}

const known = new WeakMap<Text, readonly Simple[]>();

/** Many components share a pipeline and its scripts. */
function simpleCommands(source: Text): readonly Simple[] {
  let found = known.get(source);
  if (!found) {
    found = source.text
      .replace(/\\\r?\n/g, ' ')
      .replaceAll('$(', '\n(')
      .split(/\r?\n|&&|\|\||[;|]/, MOST_COMMANDS)
      .map((one) => one.trim())
      .filter((one) => one !== '' && !one.startsWith('#'))
      .map(simpleCommand);
    known.set(source, found);
  }
  return found;
}

/** Words that only hold a command together with others. */
const AROUND = /^(?:do|then|else|time|!|\{)$/;

function simpleCommand(text: string): Simple {
  const whole = wordsOf(text);
  const start = whole.findIndex((word) => !AROUND.test(word));
  const all = whole.slice(start === -1 ? whole.length : start);
  const at = all.findIndex((word) => FOLDER_OPTION.test(word));
  const words = at === -1 ? all : all.toSpliced(at, 2);
  const brackets = text.split('(').length - text.split(')').length;
  return { words, judgement: judge(words), brackets, option: at === -1 ? undefined : (all[at + 1] ?? '') };
}

function followed(look: Look, { words, judgement }: Simple, folder: Folder, depth: number): Run[] {
  const named = placesNamed(look.tree, words, folder);
  const own = (named.length === 0 ? [folder] : named).map((at) => ({ ...judgement, folder: at }));
  for (const place of new Set([folder ?? '', look.usual])) {
    const script = namedScript(look.tree, words, place);
    if (!script) continue;
    // What `npm init` writes as the test of a new package.
    if (script.text.includes('no test specified')) return [];
    if (depth === DEEPEST || look.seen.has(script.id)) break;
    look.seen.add(script.id);
    const inner = runsIn(look, script, place, depth + 1);
    // What is behind a name tells more than the name.
    const tests = judgement.tests && !inner.some((run) => run.tests);
    const builds = judgement.builds && !inner.some((run) => run.builds);
    return [...own.map((run) => ({ ...run, tests, builds })), ...inner];
  }
  return own;
}
