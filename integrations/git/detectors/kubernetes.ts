import type { Detector, Tree } from '../detector.ts';
import { isFields, parsed, parseYaml } from '../reading/parse.ts';
import { ourFiles } from '../reading/paths.ts';
import { type ManifestDoc, readWorkloads } from '../reading/workloads.ts';

export const kubernetes: Detector = {
  id: 'kubernetes',
  detect: (tree) => readWorkloads(tree, manifests(tree)),
};

function manifests(tree: Tree): ManifestDoc[] {
  return ourFiles(tree).flatMap((path): ManifestDoc[] => {
    if (!/\.ya?ml$/.test(path)) return [];
    const source = tree.read(path);
    // Templates are the helm detector's; a file without these two keys is no manifest.
    if (!source?.includes('apiVersion:') || !source.includes('kind:') || source.includes('{{')) return [];
    const docs = parsed(tree, path, parseYaml) ?? [];
    return docs.flatMap((doc) => (isFields(doc) ? expand(doc) : [])).map((doc) => ({ path, doc }));
  });
}

function expand(doc: Record<string, unknown>): Record<string, unknown>[] {
  return doc.kind === 'List' && Array.isArray(doc.items) ? doc.items.filter(isFields) : [doc];
}
