import type { Detector, Finding, Tree } from '../detector.ts';
import { fields, parsed, parseYaml, text } from '../reading/parse.ts';
import { filesNamed, folderOf } from '../reading/paths.ts';

export const dbt: Detector = {
  id: 'dbt',
  detect: (tree) =>
    filesNamed(tree, 'dbt_project.yml', 'dbt_project.yaml')
      .filter((path) => !/(^|\/)dbt_packages\//.test(path))
      .map((path) => readProject(tree, path)),
};

function readProject(tree: Tree, path: string): Finding {
  const name = text(fields(parsed(tree, path, parseYaml)?.[0]).name);
  return {
    what: 'component',
    folder: folderOf(path),
    ...(name ? { name } : {}),
    type: 'pipeline',
    language: 'SQL',
    framework: 'dbt',
    place: tree.place(path),
    confidence: 'found',
  };
}
