import type { CiFinding, Detector, Tree } from '../detector.ts';
import { dig, fields, isFields, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { baseOf } from '../reading/paths.ts';

export const githubActions: Detector = {
  id: 'github-actions',
  detect: (tree) =>
    tree.files
      .filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
      .flatMap((path) => readWorkflow(tree, path)),
};

function readWorkflow(tree: Tree, path: string): CiFinding[] {
  const workflow = fields(parsed(tree, path, parseYaml)?.[0]);
  if (!isFields(workflow.jobs)) return [];
  const name = text(workflow.name) ?? baseOf(path);
  const folders = new Set(foldersOf(workflow));
  if (folders.size === 0) folders.add('');
  return [...folders].map((folder) => ({
    what: 'ci',
    folder,
    system: 'github-actions',
    name,
    place: tree.place(path),
    confidence: 'found',
  }));
}

/** The folders whose changes start it, and those in which its jobs work. */
function foldersOf(workflow: Record<string, unknown>): string[] {
  const triggers = [
    dig(workflow, 'on', 'push', 'paths'),
    dig(workflow, 'on', 'pull_request', 'paths'),
  ].flatMap(list);
  const jobs = Object.values(fields(workflow.jobs));
  const working = jobs.flatMap((job) => [
    dig(job, 'defaults', 'run', 'working-directory'),
    ...list(dig(job, 'steps')).flatMap((step) => [
      dig(step, 'working-directory'),
      dig(step, 'with', 'context'),
      dig(step, 'with', 'working-directory'),
    ]),
    dig(job, 'with', 'context'),
    dig(job, 'with', 'working-directory'),
  ]);
  return [...triggers, ...working].flatMap((raw) => {
    const path = text(raw);
    if (path === undefined || path.startsWith('!') || path.includes('${{')) return [];
    const folder = (path.split(/[*?{]/)[0] ?? '')
      .replace(/^\.\//, '')
      .replace(/\/[^/]*\.[^/]*$/, '')
      .replace(/\/+$/, '');
    return folder === '' || folder === '.' || folder.startsWith('.github') ? [] : [folder];
  });
}
