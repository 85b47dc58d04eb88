import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { codeFiles } from '../reading/code.ts';
import { filesNamed, folderOf, isWithin, joinPath } from '../reading/paths.ts';

const FRAMEWORKS: readonly [RegExp, string][] = [
  [/io\.quarkus/, 'Quarkus'],
  [/io\.micronaut/, 'Micronaut'],
  [/io\.ktor/, 'Ktor'],
  [/org\.springframework\.boot/, 'Spring Boot'],
  [/io\.grpc/, 'gRPC'],
];
const ANDROID = /com\.android\.application/;
const PROGRAM =
  /\bid\s*\(?\s*['"]application['"]|apply plugin:\s*['"]application['"]|mainClass(Name)?\b|^[ \t]*application[ \t]*$|org\.springframework\.boot|io\.quarkus|io\.micronaut\.application/m;

export const gradle: Detector = {
  id: 'gradle',
  detect: (tree) => {
    const paths = filesNamed(tree, 'build.gradle', 'build.gradle.kts');
    const folders = paths.map(folderOf);
    // `buildSrc` and included build logic hold the build's own code.
    return paths
      .filter((path) => !/(^|\/)(buildSrc|build-logic)\//.test(path))
      .flatMap((path) => readBuild(tree, path, folders));
  },
};

function readBuild(tree: Tree, path: string, folders: readonly string[]): Finding[] {
  const folder = folderOf(path);
  const source = tree.read(path) ?? '';
  const inner = folders.filter((other) => other !== folder && isWithin(folder, other));
  const own = codeFiles(tree).filter(
    (file) =>
      isWithin(folder, file.path) && !inner.some((other) => isWithin(other, file.path)) && !file.asset,
  );
  const language = (['Kotlin', 'Java', 'Scala', 'Groovy'] as const)
    .map((name) => ({ name, count: own.filter((file) => file.language === name).length }))
    .sort((a, b) => b.count - a.count)[0];
  if (!language || language.count === 0) return [];
  const framework = FRAMEWORKS.find(([pattern]) => pattern.test(source))?.[1];
  const isAndroid = ANDROID.test(source);
  const isProgram = PROGRAM.test(source);
  const name = projectName(tree, folder);
  const type: ComponentFinding['type'] = isAndroid
    ? 'mobile-app'
    : isProgram
      ? framework
        ? 'service'
        : 'tool'
      : 'library';
  return [
    {
      what: 'component',
      folder,
      ...(name ? { name, aliases: [`gradle:${name}`] } : {}),
      type,
      language: language.name,
      ...(isAndroid ? { framework: 'Android' } : framework ? { framework } : {}),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}

function projectName(tree: Tree, folder: string): string | undefined {
  for (const file of ['settings.gradle', 'settings.gradle.kts']) {
    const source = tree.read(joinPath(folder, file));
    const name = source && /rootProject\.name\s*=\s*['"]([^'"]+)['"]/.exec(source)?.[1];
    if (name) return name;
  }
  return undefined;
}
