import type { Detector, Finding, Tree } from '../detector.ts';
import { filesNamed, folderOf } from '../reading/paths.ts';

export const mix: Detector = {
  id: 'mix',
  detect: (tree) => filesNamed(tree, 'mix.exs').flatMap((path) => readProject(tree, path)),
};

function readProject(tree: Tree, path: string): Finding[] {
  const source = tree.read(path) ?? '';
  // An umbrella names where its apps are and is none itself.
  if (/\bapps_path:/.test(source)) return [];
  const name = /\bapp:\s*:(\w+)/.exec(source)?.[1];
  const isPhoenix = /\{:phoenix,/.test(source);
  const isProgram = isPhoenix || /\bmod:\s*\{/.test(source);
  const description = /\bdescription:\s*"([^"]+)"/.exec(source)?.[1];
  return [
    {
      what: 'component',
      folder: folderOf(path),
      ...(name ? { name, aliases: [`hex:${name}`] } : {}),
      type: isProgram ? 'service' : 'library',
      language: 'Elixir',
      ...(isPhoenix ? { framework: 'Phoenix' } : {}),
      ...(description ? { description } : {}),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}
