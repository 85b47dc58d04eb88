import type { Detector, Finding, Tree } from '../detector.ts';
import { codeFiles } from '../reading/code.ts';
import { ancestry, folderOf, joinPath } from '../reading/paths.ts';

const USES_DAGSTER = /^[ \t]*(from|import)\s+dagster\b/m;
const DEFINES = /\bDefinitions\s*\(|@repository\b|@(?:dg\.)?definitions\b|\bload_from_defs_folder\b/;
const PROJECT_FILES = ['pyproject.toml', 'setup.py', 'workspace.yaml', 'dagster.yaml'];

export const dagster: Detector = {
  id: 'dagster',
  detect: (tree) => {
    const projects = new Map<string, string>();
    for (const { path, language } of codeFiles(tree)) {
      const source = language === 'Python' ? tree.read(path) : undefined;
      if (!source?.includes('dagster') || !USES_DAGSTER.test(source) || !DEFINES.test(source)) continue;
      const folder = projectOf(tree, folderOf(path));
      if (!projects.has(folder)) projects.set(folder, path);
    }
    return [...projects].map(([folder, path]): Finding => {
      const place = tree.place(path);
      return {
        what: 'component',
        folder,
        type: 'pipeline',
        language: 'Python',
        framework: 'Dagster',
        place,
        confidence: 'found',
      };
    });
  },
};

/** The nearest folder above with a project's files; the file's own when there is none. */
function projectOf(tree: Tree, folder: string): string {
  return (
    ancestry(folder).find((at) =>
      PROJECT_FILES.some((file) => tree.read(joinPath(at, file)) !== undefined),
    ) ?? folder
  );
}
