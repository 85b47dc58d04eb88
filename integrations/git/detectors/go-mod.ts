import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { codeFiles, hasFile } from '../reading/code.ts';
import { shortName } from '../reading/names.ts';
import { baseOf, filesNamed, folderName, folderOf, isWithin } from '../reading/paths.ts';

const FRAMEWORKS: readonly [RegExp, string][] = [
  [/github\.com\/gin-gonic\/gin\b/, 'Gin'],
  [/github\.com\/labstack\/echo\b/, 'Echo'],
  [/github\.com\/gofiber\/fiber\b/, 'Fiber'],
  [/github\.com\/go-chi\/chi\b/, 'chi'],
  [/github\.com\/go-kit\/kit\b/, 'Go kit'],
  [/github\.com\/gorilla\/mux\b/, 'gorilla/mux'],
  [/google\.golang\.org\/grpc\b/, 'gRPC'],
];

export const goMod: Detector = {
  id: 'go-mod',
  detect: (tree) => {
    const manifests = filesNamed(tree, 'go.mod', 'glide.yaml', 'Gopkg.toml');
    // `vendor/manifest` is gvt's, from before modules; its folder is the one above.
    const old = tree.files.filter((path) => /(^|\/)vendor\/(manifest|vendor\.json)$/.test(path));
    const modules = new Map<string, string>();
    for (const path of [...old, ...manifests])
      modules.set(folderOf(old.includes(path) ? folderOf(path) : path), path);
    return [...modules].flatMap(([folder, path]) => readModule(tree, folder, path, [...modules.keys()]));
  },
};

function readModule(tree: Tree, folder: string, path: string, all: readonly string[]): Finding[] {
  const source = tree.read(path) ?? '';
  const module = /^(?:module|package:)\s+"?([^\s"]+)/m.exec(source)?.[1];
  const inner = all.filter((other) => other !== folder && isWithin(folder, other));
  const files = codeFiles(tree).filter(
    (file) =>
      file.language === 'Go' &&
      isWithin(folder, file.path) &&
      !inner.some((other) => isWithin(other, file.path)),
  );
  // A module that only pins the versions of build tools has nothing to build.
  const builds = files.some(
    (file) => !/^\/\/(go:build| \+build) (tools|ignore)\b/m.test(tree.read(file.path) ?? ''),
  );
  if (!builds) return [];
  const mains = mainFolders(
    tree,
    folder,
    files.map((file) => file.path),
  );
  const framework = FRAMEWORKS.find(([pattern]) => pattern.test(source))?.[1];
  const common = { language: 'Go', place: tree.place(path), confidence: 'found' as const };
  const moduleName = module ? shortName(module.replace(/\/v\d+$/, '')) : undefined;
  const root: ComponentFinding = {
    what: 'component',
    folder,
    ...(moduleName ? { name: moduleName, aliases: [`go:${module}`] } : {}),
    type: mains.length > 0 ? 'service' : 'library',
    ...(framework && mains.length > 0 ? { framework } : {}),
    ...common,
  };
  const commands = mains.filter((main) => main !== folder);
  if (commands.length === 1 || mains.length === 0 || (commands.length > 0 && mains.includes(folder))) {
    if (commands.length === 1 && !mains.includes(folder))
      root.aliases = [...(root.aliases ?? []), baseOf(commands[0] ?? '')];
    return [root];
  }
  return commands.length === 0 ? [root] : severalCommands(tree, root, commands, moduleName, common);
}

/** A module of several programs: the one named as the module is the module; the others stand beside it. */
function severalCommands(
  tree: Tree,
  root: ComponentFinding,
  commands: readonly string[],
  moduleName: string | undefined,
  common: Pick<ComponentFinding, 'language' | 'place' | 'confidence'>,
): Finding[] {
  const own = new Set([moduleName, folderName(tree, root.folder)]);
  const main = commands.find((command) => own.has(baseOf(command)));
  const others = commands.filter((command) => command !== main);
  const findings = others.map((folder): Finding => {
    const name = baseOf(folder);
    return {
      what: 'component',
      folder,
      name,
      type: /(cli|ctl|tool|gen|migrate|seed)$/.test(name) ? 'tool' : 'service',
      ...common,
    };
  });
  return main === undefined && !hasFile(tree, root.folder, /^Dockerfile$/) ? findings : [root, ...findings];
}

/** Folders of `package main` that are programs of the product: the module's own and those of `cmd/`. */
function mainFolders(tree: Tree, folder: string, files: readonly string[]): string[] {
  const folders = new Set<string>();
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const path of files) {
    const at = folderOf(path);
    const inside = at === folder ? '' : at.slice(prefix.length);
    if (folders.has(at) || !(inside === '' || /^(cmd|cmds|apps|services)(\/[^/]+)?$/.test(inside))) continue;
    if (/^package main\b/m.test(tree.read(path) ?? '')) folders.add(at);
  }
  return [...folders];
}
