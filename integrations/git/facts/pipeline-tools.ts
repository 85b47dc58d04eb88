/** Tools that pipelines run beside building and testing, known by how their texts name them. */
import { pipelineFiles } from './ci-pipelines.ts';
import type { Scope } from './collector.ts';

/** By the name of the tool: what stands in a pipeline that runs it. */
export type ToolSigns = Readonly<Record<string, RegExp>>;

export interface UsedTool {
  name: string;
  /** Of the pipeline. */
  path: string;
}

/** Each tool once. What is commented out runs nothing. */
export function toolsIn(scope: Scope, signs: ToolSigns): UsedTool[] {
  const found = new Map<string, UsedTool>();
  for (const { path } of pipelineFiles(scope)) {
    const source = (scope.tree.read(path) ?? '').replace(/^[ \t]*(#|\/\/).*$/gm, '');
    for (const [name, sign] of Object.entries(signs))
      if (!found.has(name) && sign.test(source)) found.set(name, { name, path });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
