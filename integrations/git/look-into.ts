/** Everything that the files of one repository tell: what is in it, and facts about that. */
import { assembleTree, type RepositoryInventory } from './assemble.ts';
import type { Tree } from './detector.ts';
import { detectors } from './detectors/index.ts';
import { type ObservedFolder, observe } from './facts/observe.ts';

/** What is known before anybody looks. Plain data: it crosses threads. */
export interface Knowledge {
  /** Whether things may be found that no descriptor tells of. */
  finds: boolean;
  /** When each file and folder was last touched by a commit, as YYYY-MM-DD. */
  dates: ReadonlyMap<string, string>;
  /** In which declared components lie. */
  folders: readonly string[];
}

export interface Insight {
  inventory: RepositoryInventory;
  observed: ObservedFolder[];
}

/** @param patience milliseconds for each detector and collector; without it they take the time they need. */
export function lookInto(tree: Tree, { finds, dates, folders }: Knowledge, patience?: number): Insight {
  const inventory = assembleTree(tree, finds ? detectors : [], patience);
  const all = [...inventory.components.map(({ folder }) => folder), ...folders];
  return { inventory, observed: observe(tree, all, dates, patience) };
}
