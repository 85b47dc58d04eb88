/**
 * Measures discovery against hand-made truth: `npm run bench:discovery -- DIR [--truth DIR] [--list]`.
 * DIR holds a checkout of each repository of the truth, in a folder named as the repository.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assembleTree, type RepositoryInventory, resolveDependencies } from '../integrations/git/assemble.ts';
import { openFolderTree } from '../integrations/git/tree.ts';

interface TrueComponent {
  name: string;
  type?: string;
  language?: string;
  path: string;
  owner?: string[];
  dependsOn?: string[];
}

interface Truth {
  repo: string;
  components: TrueComponent[];
  resources?: { name: string; type?: string }[];
}

interface Score {
  right: number;
  found: number;
  expected: number;
}

const bars = { components: 0.95, owners: 0.95, dependencies: 0.8 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    truth: { type: 'string', default: resolve(import.meta.dirname, '../../shared/data/ground-truth') },
    list: { type: 'boolean', default: false },
  },
});

function f1({ right, found, expected }: Score): number {
  return found + expected === 0 ? 1 : (2 * right) / (found + expected);
}

function shown(label: string, score: Score): string {
  const { right, found, expected } = score;
  const percent = (part: number, whole: number) =>
    whole === 0 ? '  –  ' : `${((100 * part) / whole).toFixed(1)}%`;
  return `  ${label.padEnd(14)} precision ${percent(right, found)}  recall ${percent(right, expected)}  F1 ${f1(score).toFixed(3)}`;
}

const key = (name: string) => name.toLowerCase();

/** Names what is found by the truth's name for it, by name or else by path. */
function matching(truth: Truth, inventory: RepositoryInventory): Map<string, string> {
  const names = new Map<string, string>();
  const free = new Set(inventory.components.map(({ name }) => name));
  const take = (expected: TrueComponent, same: (name: string, folder: string) => boolean): void => {
    if ([...names.values()].includes(expected.name)) return;
    const found = inventory.components.find(({ name, folder }) => free.has(name) && same(name, folder));
    if (!found) return;
    free.delete(found.name);
    names.set(found.name, expected.name);
  };
  for (const expected of truth.components) take(expected, (name) => key(name) === key(expected.name));
  for (const expected of truth.components) take(expected, (_name, folder) => folder === expected.path);
  return names;
}

function difference(label: string, expected: Iterable<string>, found: Iterable<string>): string[] {
  const [wanted, seen] = [new Set(expected), new Set(found)];
  return [
    ...[...wanted].filter((one) => !seen.has(one)).map((one) => `  missing ${label}: ${one}`),
    ...[...seen].filter((one) => !wanted.has(one)).map((one) => `  extra ${label}: ${one}`),
  ];
}

function scoreSets(expected: Iterable<string>, found: Iterable<string>): Score {
  const [wanted, seen] = [new Set(expected), new Set(found)];
  return {
    right: [...seen].filter((one) => wanted.has(one)).length,
    found: seen.size,
    expected: wanted.size,
  };
}

/** Edges of the truth whose ends are both parts of the estate; notes such as "(external)" name outsiders. */
function trueEdges(truth: Truth): string[] {
  const parts = new Set([...truth.components, ...(truth.resources ?? [])].map(({ name }) => key(name)));
  return truth.components.flatMap(({ name, dependsOn }) =>
    (dependsOn ?? []).filter((to) => parts.has(key(to))).map((to) => `${key(name)} -> ${key(to)}`),
  );
}

function foundEdges(inventory: RepositoryInventory, names: Map<string, string>): string[] {
  const called = (name: string) => key(names.get(name) ?? name);
  return resolveDependencies([inventory])
    .filter(({ to, from }) => to.what !== 'api' && from.what === 'component')
    .map(({ from, to }) => `${called(from.name)} -> ${called(to.name)}`);
}

interface Result {
  components: Score;
  languages: Score;
  types: Score;
  owners: Score;
  dependencies: Score;
  resources: Score;
}

function measure(truth: Truth, inventory: RepositoryInventory): { result: Result; notes: string[] } {
  const names = matching(truth, inventory);
  const found = inventory.components.map(({ name }) => names.get(name) ?? name);
  const expected = truth.components.map(({ name }) => name);
  const pairs = inventory.components.flatMap((component) => {
    const wanted = truth.components.find(({ name }) => name === names.get(component.name));
    return wanted ? [{ component, wanted }] : [];
  });
  const notes = difference('component', expected, found);
  const agree = (label: string, of: (pair: (typeof pairs)[number]) => [string, string]): Score => {
    const wrong = pairs.filter((pair) => of(pair)[0] !== of(pair)[1]);
    notes.push(
      ...wrong.map((pair) => `  ${label} of ${pair.wanted.name}: ${of(pair)[0]}, not ${of(pair)[1]}`),
    );
    return { right: pairs.length - wrong.length, found: pairs.length, expected: pairs.length };
  };
  const edges = [trueEdges(truth), foundEdges(inventory, names)] as const;
  const resources = [
    truth.resources?.map(({ name }) => name) ?? [],
    inventory.resources.map(({ name }) => name),
  ] as const;
  const ownersOf = (list: string[] | undefined) => [...(list ?? ['unknown'])].sort().join(' ');
  const result: Result = {
    components: scoreSets(expected, found),
    languages: agree('language', ({ component, wanted }) => [
      component.language ?? 'none',
      wanted.language ?? 'none',
    ]),
    types: agree('type', ({ component, wanted }) => [component.type, wanted.type ?? component.type]),
    owners: agree('owners', ({ component, wanted }) => [
      ownersOf(component.owners?.names),
      ownersOf(wanted.owner),
    ]),
    dependencies: scoreSets(...edges),
    resources: scoreSets(...resources),
  };
  notes.push(...difference('dependency', ...edges), ...difference('resource', ...resources));
  return { result, notes };
}

function sum(scores: Score[]): Score {
  const add = (pick: (score: Score) => number) => scores.reduce((total, score) => total + pick(score), 0);
  return { right: add((s) => s.right), found: add((s) => s.found), expected: add((s) => s.expected) };
}

function print(title: string, result: Result, notes: string[]): void {
  console.log(title);
  for (const [label, score] of Object.entries(result)) console.log(shown(label, score));
  for (const note of notes) console.log(note);
  console.log();
}

function list(inventory: RepositoryInventory): void {
  console.table(
    inventory.components.map(({ name, type, language, framework, folder, owners }) => ({
      name,
      type,
      language,
      framework,
      folder,
      owners: owners?.names.join(' ') ?? 'unknown',
    })),
  );
  console.table(
    inventory.resources.map(({ name, type, aliases }) => ({ name, type, aliases: aliases.join(' ') })),
  );
  console.table(
    inventory.apis.map(({ name, type, folder, services }) => ({
      name,
      type,
      folder,
      services: services.join(' '),
    })),
  );
  for (const { from, to, via } of resolveDependencies([inventory]))
    console.log(`${from.name} -> ${to.what} ${to.name}  (${via})`);
}

function main(): number {
  const folder = positionals[0];
  if (folder === undefined) {
    console.error('usage: npm run bench:discovery -- DIR [--truth DIR] [--list]');
    return 2;
  }
  const results: Result[] = [];
  for (const file of readdirSync(values.truth).filter((name) => name.endsWith('.json'))) {
    const truth = JSON.parse(readFileSync(join(values.truth, file), 'utf8')) as Truth;
    const checkout = join(folder, truth.repo.slice(truth.repo.lastIndexOf('/') + 1));
    if (!existsSync(checkout)) {
      console.log(`${truth.repo}: skipped, there is no ${checkout}\n`);
      continue;
    }
    const tree = openFolderTree(checkout);
    const start = performance.now();
    const inventory = assembleTree(tree);
    const took = `${Math.round(performance.now() - start)} ms for ${tree.files.length} files`;
    const { result, notes } = measure(truth, inventory);
    print(`${truth.repo} (${took})`, result, notes);
    if (values.list) list(inventory);
    results.push(result);
  }
  return results.length === 0 ? 0 : verdict(results);
}

function verdict(results: Result[]): number {
  const all = (pick: (result: Result) => Score) => sum(results.map(pick));
  const overall: Result = {
    components: all((r) => r.components),
    languages: all((r) => r.languages),
    types: all((r) => r.types),
    owners: all((r) => r.owners),
    dependencies: all((r) => r.dependencies),
    resources: all((r) => r.resources),
  };
  print('Overall', overall, []);
  const missed = Object.entries(bars).filter(([name, bar]) => f1(overall[name as keyof typeof bars]) < bar);
  for (const [name, bar] of missed) console.log(`below the bar: ${name} F1 must be at least ${bar}`);
  return missed.length === 0 ? 0 : 1;
}

process.exitCode = main();
