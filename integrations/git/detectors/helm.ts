import type { Detector, Finding, Tree } from '../detector.ts';
import { renderTemplate } from '../reading/helm-template.ts';
import { fields, isFields, parsed, parseYaml, text } from '../reading/parse.ts';
import { filesNamed, folderOf, isWithin, joinPath, ourFiles } from '../reading/paths.ts';
import { type ManifestDoc, readWorkloads } from '../reading/workloads.ts';

export const helm: Detector = {
  id: 'helm',
  detect: (tree) => filesNamed(tree, 'Chart.yaml').flatMap((path) => readChart(tree, path)),
};

function readChart(tree: Tree, path: string): Finding[] {
  const folder = folderOf(path);
  const chart = fields(parsed(tree, path, parseYaml)?.[0]);
  const values = parsed(tree, joinPath(folder, 'values.yaml'), parseYaml)?.[0];
  const identity = {
    name: (text(chart.name) ?? '').replace(/-chart$/, ''),
    version: text(chart.appVersion) ?? text(chart.version) ?? 'latest',
  };
  const templates = joinPath(folder, 'templates');
  const docs = ourFiles(tree).flatMap((file): ManifestDoc[] => {
    if (!isWithin(templates, file) || !/\.(ya?ml|tpl)$/.test(file)) return [];
    const source = tree.read(file);
    if (!source?.includes('kind:')) return [];
    return parseYaml(renderTemplate(source, values, identity))
      .filter(isFields)
      .map((doc) => ({ path: file, doc }));
  });
  return readWorkloads(tree, docs);
}
