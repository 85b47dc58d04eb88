import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { codeFiles } from '../reading/code.ts';
import { dig, parsed, parseXml, text } from '../reading/parse.ts';
import { filesNamed, folderOf, isWithin } from '../reading/paths.ts';

const FRAMEWORKS: readonly [RegExp, string][] = [
  [/<groupId>(io\.quarkus|io\.quarkus\.platform)</, 'Quarkus'],
  [/<groupId>io\.micronaut</, 'Micronaut'],
  [/<groupId>org\.springframework\.boot</, 'Spring Boot'],
  [/<groupId>io\.helidon/, 'Helidon'],
  [/<groupId>io\.dropwizard</, 'Dropwizard'],
  [/<groupId>io\.vertx</, 'Vert.x'],
];

const SERVER =
  /spring-boot-(starter-(web|webflux|actuator|parent|amqp|webmvc)|maven-plugin)|spring-cloud|quarkus|micronaut|helidon|dropwizard|vertx-web|grpc-netty|jetty-server|<packaging>war</;
const MAIN = /@SpringBootApplication|static\s+void\s+main\s*\(|@QuarkusMain|fun\s+main\s*\(/;

export const maven: Detector = {
  id: 'maven',
  detect: (tree) => {
    const paths = filesNamed(tree, 'pom.xml');
    const folders = paths.map(folderOf);
    return paths.flatMap((path) => readPom(tree, path, folders));
  },
};

function readPom(tree: Tree, path: string, folders: readonly string[]): Finding[] {
  const project = dig(parsed(tree, path, parseXml), 'project');
  const artifact = text(dig(project, 'artifactId'));
  const packaging = text(dig(project, 'packaging')) ?? 'jar';
  if (artifact === undefined || packaging === 'pom') return [];
  const folder = folderOf(path);
  const source = tree.read(path) ?? '';
  const group = text(dig(project, 'groupId')) ?? text(dig(project, 'parent', 'groupId')) ?? '';
  const own = sourcesOf(tree, folder, folders);
  const isProgram = own.some((file) => MAIN.test(tree.read(file) ?? ''));
  const framework = FRAMEWORKS.find(([pattern]) => pattern.test(source))?.[1];
  const title = text(dig(project, 'description'));
  const type =
    isProgram || packaging === 'war' ? (SERVER.test(source) || framework ? 'service' : 'tool') : 'library';
  const component: ComponentFinding = {
    what: 'component',
    folder,
    name: artifact,
    aliases: [`maven:${group}:${artifact}`],
    type: packaging === 'maven-plugin' ? 'library' : type,
    language: own.some((file) => file.endsWith('.kt')) ? majority(own) : 'Java',
    ...(framework && type === 'service' ? { framework } : {}),
    ...(title && !title.includes('${') ? { description: title.replace(/\s+/g, ' ').trim() } : {}),
    place: tree.place(path),
    confidence: 'found',
  };
  return [component];
}

function sourcesOf(tree: Tree, folder: string, folders: readonly string[]): string[] {
  const inner = folders.filter((other) => other !== folder && isWithin(folder, other));
  return codeFiles(tree)
    .filter(({ path, language }) => (language === 'Java' || language === 'Kotlin') && isWithin(folder, path))
    .map(({ path }) => path)
    .filter((path) => !inner.some((other) => isWithin(other, path)));
}

function majority(files: readonly string[]): string {
  const kotlin = files.filter((file) => file.endsWith('.kt')).length;
  return kotlin * 2 > files.length ? 'Kotlin' : 'Java';
}
