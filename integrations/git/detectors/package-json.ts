import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { hasFile, scriptLanguage } from '../reading/code.ts';
import { dig, fields, list, parsed, parseJson, text } from '../reading/parse.ts';
import { filesNamed, folderOf } from '../reading/paths.ts';

type Kind = NonNullable<ComponentFinding['type']>;

/** First match wins, so a framework stands before the library it is built on. */
const FRAMEWORKS: readonly [dependency: string, framework: string, type: Kind][] = [
  ['react-native', 'React Native', 'mobile-app'],
  ['expo', 'Expo', 'mobile-app'],
  ['@nestjs/core', 'NestJS', 'service'],
  ['next', 'Next.js', 'website'],
  ['nuxt', 'Nuxt', 'website'],
  ['gatsby', 'Gatsby', 'website'],
  ['@remix-run/react', 'Remix', 'website'],
  ['astro', 'Astro', 'website'],
  ['@sveltejs/kit', 'SvelteKit', 'website'],
  ['@docusaurus/core', 'Docusaurus', 'website'],
  ['@angular/core', 'Angular', 'website'],
  ['react-scripts', 'React', 'website'],
  ['react-dom', 'React', 'website'],
  ['vue', 'Vue', 'website'],
  ['svelte', 'Svelte', 'website'],
  ['preact', 'Preact', 'website'],
  ['solid-js', 'Solid', 'website'],
  ['fastify', 'Fastify', 'service'],
  ['express', 'Express', 'service'],
  ['koa', 'Koa', 'service'],
  ['hono', 'Hono', 'service'],
  ['@hapi/hapi', 'hapi', 'service'],
  ['restify', 'Restify', 'service'],
  ['@grpc/grpc-js', 'gRPC', 'service'],
  ['grpc', 'gRPC', 'service'],
  ['apollo-server', 'Apollo', 'service'],
  ['@apollo/server', 'Apollo', 'service'],
  ['moleculer', 'Moleculer', 'service'],
  ['kafkajs', 'Kafka', 'service'],
  ['amqplib', 'AMQP', 'service'],
  ['artillery', 'Artillery', 'tool'],
  ['k6', 'k6', 'tool'],
];

/** Programs that describe infrastructure: they deploy components and aren't one. */
const INFRASTRUCTURE = /^(aws-cdk-lib|aws-cdk|@aws-cdk\/core|@pulumi\/pulumi|cdktf|cdk8s)$/;

export const packageJson: Detector = {
  id: 'package-json',
  detect: (tree) => filesNamed(tree, 'package.json').flatMap((path) => readPackage(tree, path)),
};

function readPackage(tree: Tree, path: string): Finding[] {
  const manifest = fields(parsed(tree, path, parseJson));
  const folder = folderOf(path);
  const runtime = { ...fields(manifest.peerDependencies), ...fields(manifest.dependencies) };
  const all = { ...fields(manifest.devDependencies), ...runtime };
  const name = text(manifest.name);
  const isWorkspaceRoot =
    manifest.workspaces !== undefined ||
    hasFile(tree, folder, /^(pnpm-workspace\.yaml|lerna\.json|nx\.json|turbo\.json)$/);
  const isMarker = name === undefined && Object.keys(all).length === 0 && manifest.scripts === undefined;
  if (isWorkspaceRoot || isMarker || Object.keys(all).some((key) => INFRASTRUCTURE.test(key))) return [];
  const [framework, type] = classify(manifest, runtime, all, tree, folder);
  const description = text(manifest.description);
  const language = scriptLanguage(
    tree,
    folder,
    'typescript' in all || hasFile(tree, folder, /^tsconfig(\.\w+)?\.json$/),
  );
  return [
    {
      what: 'component',
      folder,
      ...(name ? { name, aliases: [`npm:${name}`] } : {}),
      type,
      language,
      ...(framework ? { framework } : {}),
      ...(description ? { description } : {}),
      tags: list(manifest.keywords).flatMap((word) => text(word) ?? []),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}

function classify(
  manifest: Record<string, unknown>,
  runtime: Record<string, unknown>,
  all: Record<string, unknown>,
  tree: Tree,
  folder: string,
): [framework: string | undefined, type: Kind] {
  const isPublished =
    manifest.private !== true &&
    (manifest.exports !== undefined ||
      manifest.types !== undefined ||
      manifest.module !== undefined ||
      manifest.peerDependencies !== undefined);
  const hasStart = text(dig(manifest, 'scripts', 'start')) !== undefined;
  const match =
    FRAMEWORKS.find(([dependency]) => dependency in runtime) ??
    FRAMEWORKS.find(([dependency]) => dependency in all);
  const isLibrary = isPublished && !hasStart && !hasFile(tree, folder, /^(Dockerfile.*|index\.html)$/);
  if (isLibrary) return [match?.[1], manifest.bin === undefined ? 'library' : 'tool'];
  const hasServer = ['express', 'fastify', 'koa', '@nestjs/core', '@hapi/hapi'].some(
    (server) => server in runtime,
  );
  if (match)
    return [match[1], match[2] === 'website' && hasServer && !hasPages(tree, folder) ? 'service' : match[2]];
  if (manifest.bin !== undefined) return [undefined, 'tool'];
  if (hasPages(tree, folder)) return [undefined, 'website'];
  return [
    undefined,
    hasStart || hasFile(tree, folder, /^(Dockerfile.*|server\.[jt]s)$/) ? 'service' : 'library',
  ];
}

function hasPages(tree: Tree, folder: string): boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  return tree.files.some(
    (path) =>
      path === `${prefix}index.html` ||
      path === `${prefix}public/index.html` ||
      path === `${prefix}angular.json`,
  );
}
