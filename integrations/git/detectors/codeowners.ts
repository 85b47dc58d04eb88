import ignore from 'ignore';
import type { Detector, OwnerFinding, Tree } from '../detector.ts';
import { folderOf } from '../reading/paths.ts';

/** GitHub's order: the first of these that exists is the one that counts. GitLab looks in the last. */
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

interface Rule {
  pattern: string;
  owners: string[];
  line: number;
}

/** What a CODEOWNERS file says. */
export interface OwnerRules {
  path: string;
  /** The last rule that matches a file. */
  ofFile(file: string): Rule | undefined;
  /** The last rule that matches all in a folder, which is asked with a file that no rule can have named. */
  ofFolder(folder: string): Rule | undefined;
}

export const codeowners: Detector = {
  id: 'codeowners',
  detect: (tree) => {
    const rules = ownerRules(tree);
    return rules === undefined ? [] : ownersOfFolders(tree, rules);
  },
};

const known = new WeakMap<Tree, { rules: OwnerRules | undefined }>();

/** The rules that count in a repository, read once per tree; undefined when it has none. */
export function ownerRules(tree: Tree): OwnerRules | undefined {
  let read = known.get(tree);
  if (!read) {
    const path = PLACES.find((place) => tree.read(place) !== undefined);
    read = { rules: path === undefined ? undefined : toRules(path, readRules(tree.read(path) ?? '')) };
    known.set(tree, read);
  }
  return read.rules;
}

const LONGEST_PATTERN = 1000;
/** The last that matches counts, so the last ones are kept. */
const MOST_RULES = 10_000;

function toRules(path: string, rules: readonly Rule[]): OwnerRules {
  // Nothing in a repository has a longer path, and no pattern can be made of some.
  const matchers = rules
    .slice(-MOST_RULES)
    .filter(({ pattern }) => pattern.length <= LONGEST_PATTERN)
    .map((rule) => ({
      rule,
      matcher: ignore({ allowRelativePaths: true }).add(toIgnore(rule.pattern)),
    }));
  const ofFile = (file: string) => matchers.findLast(({ matcher }) => matcher.ignores(file))?.rule;
  const ruleOf = new Map<string, Rule | undefined>();
  const ofFolder = (folder: string) => {
    if (!ruleOf.has(folder)) {
      const probe = folder === '' ? 'any-file-at-all' : `${folder}/any-file-at-all`;
      ruleOf.set(folder, ofFile(probe));
    }
    return ruleOf.get(folder);
  };
  return { path, ofFile, ofFolder };
}

export function readRules(source: string): Rule[] {
  let sectionOwners: string[] = [];
  return source.split('\n').flatMap((raw, index): Rule[] => {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') return [];
    // GitLab's sections: `[Docs][2] @team` gives owners to the rules below that name none.
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)$/.exec(line);
    if (section) {
      sectionOwners = (section[1] ?? '').split(/\s+/).filter(Boolean);
      return [];
    }
    const words = line
      .replace(/\\ /g, '\u0000')
      .split(/\s+/)
      .map((word) => word.replaceAll('\u0000', ' '));
    const [pattern, ...owners] = words;
    return pattern === undefined
      ? []
      : [{ pattern, owners: owners.length > 0 ? owners : sectionOwners, line: index + 1 }];
  });
}

/** Owners of every folder that a rule treats differently from the folder above it. */
function ownersOfFolders(tree: Tree, { path, ofFolder }: OwnerRules): OwnerFinding[] {
  const found: OwnerFinding[] = [];
  for (const folder of foldersOf(tree)) {
    const rule = ofFolder(folder);
    const above = folder === '' ? undefined : ofFolder(folderOf(folder));
    if (rule === above && folder !== '') continue;
    if (rule === undefined && above === undefined) continue;
    found.push({
      what: 'owner',
      folder,
      owners: rule?.owners ?? [],
      ...(rule ? {} : { note: 'no rule of CODEOWNERS matches' }),
      place: tree.place(path, rule?.line ?? 1),
      confidence: 'found',
    });
  }
  return found;
}

/** `/*` and `docs/*` mean the files right there: unlike gitignore's, such a rule goes no deeper. */
function toIgnore(pattern: string): string[] {
  return pattern.length > 2 && pattern.endsWith('/*')
    ? [pattern, `!${pattern}/`]
    : pattern === '/*'
      ? ['/*', '!/*/']
      : [pattern];
}

function foldersOf(tree: Tree): string[] {
  const folders = new Set<string>(['']);
  for (const file of tree.files) {
    for (let folder = folderOf(file); folder !== '' && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  }
  return [...folders].sort();
}
