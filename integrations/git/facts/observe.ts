/** Has every collector look at every component of a repository. */
import { within } from '#model/time-limit.ts';
import type { Tree } from '../detector.ts';
import type { FactCollector, Observation, Scope } from './collector.ts';
import { collectors } from './index.ts';

/** What was observed in one folder, by the name of the fact. */
export interface ObservedFolder {
  folder: string;
  facts: Record<string, Observation>;
}

/** Of one repository. */
const MOST_FOLDERS = 500;

/** @param patience milliseconds for each collector; without it they take the time they need. */
export function observe(
  tree: Tree,
  folders: readonly string[],
  dates: ReadonlyMap<string, string>,
  patience?: number,
): ObservedFolder[] {
  const wanted = [...new Set(folders)].sort().slice(0, MOST_FOLDERS);
  return wanted.map((folder) => {
    const prefix = folder === '' ? '' : `${folder}/`;
    const others = wanted.filter((other) => other !== folder && other.startsWith(prefix));
    const scope: Scope = { tree, folder, others, lastCommit: (path) => dates.get(path) };
    const said = collectors.map((collector) => [collector.name, saidBy(collector, scope, patience)] as const);
    return { folder, facts: Object.fromEntries(said.flatMap(([name, one]) => (one ? [[name, one]] : []))) };
  });
}

/** A collector that fails on some strange file, or for ever, costs its own fact and not the repository's. */
function saidBy(
  collector: FactCollector,
  scope: Scope,
  patience: number | undefined,
): Observation | undefined {
  try {
    const collect = () => collector.collect(scope);
    return patience === undefined ? collect() : within(patience, collect);
  } catch {
    return undefined;
  }
}
