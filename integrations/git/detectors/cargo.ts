import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { hasFile } from '../reading/code.ts';
import { fields, list, parsed, parseToml, text } from '../reading/parse.ts';
import { filesNamed, folderOf, joinPath } from '../reading/paths.ts';

const FRAMEWORKS: readonly [string, string][] = [
  ['actix-web', 'Actix Web'],
  ['axum', 'axum'],
  ['rocket', 'Rocket'],
  ['warp', 'warp'],
  ['poem', 'Poem'],
  ['tonic', 'tonic'],
  ['hyper', 'hyper'],
];

export const cargo: Detector = {
  id: 'cargo',
  detect: (tree) => filesNamed(tree, 'Cargo.toml').flatMap((path) => readCrate(tree, path)),
};

function readCrate(tree: Tree, path: string): Finding[] {
  const manifest = fields(parsed(tree, path, parseToml));
  const crate = fields(manifest.package);
  const name = text(crate.name);
  // A manifest with no package only gathers the crates of a workspace.
  if (name === undefined) return [];
  const folder = folderOf(path);
  const dependencies = fields(manifest.dependencies);
  const framework = FRAMEWORKS.find(([dependency]) => dependency in dependencies)?.[1];
  const isProgram = list(manifest.bin).length > 0 || tree.read(joinPath(folder, 'src/main.rs')) !== undefined;
  const isDeployed = hasFile(tree, folder, /^Dockerfile/);
  const type: ComponentFinding['type'] = !isProgram
    ? 'library'
    : framework || isDeployed
      ? 'service'
      : 'tool';
  const description = text(crate.description);
  return [
    {
      what: 'component',
      folder,
      name,
      aliases: [`cargo:${name}`],
      type,
      language: 'Rust',
      ...(framework && isProgram ? { framework } : {}),
      ...(description ? { description } : {}),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}
