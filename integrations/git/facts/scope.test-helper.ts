import { treeOf } from '../detectors/tree-of.test-helper.ts';
import type { FactCollector, Observation } from './collector.ts';

/** What a collector says of a component in these files, at the root unless a folder is given. */
export function observe(
  collector: FactCollector,
  files: Record<string, string>,
  {
    folder = '',
    others = [],
    dates = {},
  }: { folder?: string; others?: string[]; dates?: Record<string, string> } = {},
): Observation | undefined {
  return collector.collect({ tree: treeOf(files), folder, others, lastCommit: (path) => dates[path] });
}
