import type { CiFinding, Detector, Tree } from '../detector.ts';
import { dig, fields, isFields, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { filesNamed, folderOf } from '../reading/paths.ts';

export const gitlabCi: Detector = {
  id: 'gitlab-ci',
  detect: (tree) =>
    filesNamed(tree, '.gitlab-ci.yml', '.gitlab-ci.yaml').flatMap((path) => readPipeline(tree, path)),
};

const KEYWORDS = new Set([
  'stages',
  'variables',
  'include',
  'default',
  'workflow',
  'image',
  'services',
  'before_script',
  'after_script',
  'cache',
  'spec',
]);

function readPipeline(tree: Tree, path: string): CiFinding[] {
  const pipeline = parsed(tree, path, parseYaml)?.find(isFields);
  if (!pipeline) return [];
  const finding = (folder: string, name: string): CiFinding => ({
    what: 'ci',
    folder,
    system: 'gitlab-ci',
    name,
    place: tree.place(path),
    confidence: 'found',
  });
  const jobs = Object.entries(pipeline).filter(
    ([name, job]) => !KEYWORDS.has(name) && !name.startsWith('.') && isFields(job),
  );
  const narrowed = jobs.flatMap(([name, job]) =>
    foldersOf(fields(job)).map((folder) => finding(folder, name)),
  );
  return [finding(folderOf(path), 'GitLab CI'), ...narrowed];
}

/** The folders whose changes start a job. */
function foldersOf(job: Record<string, unknown>): string[] {
  const changes = [
    ...list(dig(job, 'only', 'changes')),
    ...list(job.rules).flatMap((rule) => changesOf(dig(rule, 'changes'))),
  ];
  const folders = changes.flatMap((raw) => {
    const folder = (text(raw)?.split(/[*?{$]/)[0] ?? '').replace(/\/[^/]*\.[^/]*$/, '').replace(/\/+$/, '');
    return folder === '' ? [] : [folder];
  });
  return [...new Set(folders)];
}

function changesOf(changes: unknown): unknown[] {
  return isFields(changes) ? list(changes.paths) : list(changes);
}
