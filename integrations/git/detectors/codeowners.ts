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

export const codeowners: Detector = {
  id: 'codeowners',
  detect: (tree) => {
    const path = PLACES.find((place) => tree.read(place) !== undefined);
    return path === undefined ? [] : ownersOfFolders(tree, path, readRules(tree.read(path) ?? ''));
  },
};

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

/**
 * Owners of every folder that a rule treats differently from the folder above it. A folder belongs to
 * the last rule that matches all in it, which is asked with a file that no rule can have named.
 */
function ownersOfFolders(tree: Tree, path: string, rules: readonly Rule[]): OwnerFinding[] {
  const matchers = rules.map((rule) => ({
    rule,
    matcher: ignore({ allowRelativePaths: true }).add(toIgnore(rule.pattern)),
  }));
  const ruleOf = new Map<string, Rule | undefined>();
  const lookUp = (folder: string): Rule | undefined => {
    if (!ruleOf.has(folder)) {
      const probe = folder === '' ? 'any-file-at-all' : `${folder}/any-file-at-all`;
      ruleOf.set(folder, matchers.findLast(({ matcher }) => matcher.ignores(probe))?.rule);
    }
    return ruleOf.get(folder);
  };
  const found: OwnerFinding[] = [];
  for (const folder of foldersOf(tree)) {
    const rule = lookUp(folder);
    const above = folder === '' ? undefined : lookUp(folderOf(folder));
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
