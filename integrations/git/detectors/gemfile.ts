import type { Detector, Finding, Tree } from '../detector.ts';
import { hasFile } from '../reading/code.ts';
import { filesNamed, folderOf, ourFiles, stemOf } from '../reading/paths.ts';

const FRAMEWORKS: readonly [RegExp, string][] = [
  [/^[ \t]*gem\s+['"](rails|railties)['"]/m, 'Rails'],
  [/^[ \t]*gem\s+['"]sinatra['"]/m, 'Sinatra'],
  [/^[ \t]*gem\s+['"]hanami['"]/m, 'Hanami'],
  [/^[ \t]*gem\s+['"]grape['"]/m, 'Grape'],
  [/^[ \t]*gem\s+['"]grpc['"]/m, 'gRPC'],
];
const SITE = /^[ \t]*gem\s+['"](jekyll|github-pages|middleman|nanoc|bridgetown)['"]/m;
/** A Gemfile beside an Android or iOS project only brings its release tools. */
const RELEASE_TOOLS = /^[ \t]*gem\s+['"](fastlane|cocoapods)['"]/m;

export const gemfile: Detector = {
  id: 'gemfile',
  detect: (tree) => {
    const gems = ourFiles(tree).filter((path) => path.endsWith('.gemspec'));
    const paths = filesNamed(tree, 'Gemfile').filter(
      (path) => !gems.some((gem) => folderOf(gem) === folderOf(path)),
    );
    return [...gems.map((path) => readGem(tree, path)), ...paths.flatMap((path) => readGemfile(tree, path))];
  },
};

function readGemfile(tree: Tree, path: string): Finding[] {
  const source = tree.read(path) ?? '';
  const folder = folderOf(path);
  const framework = FRAMEWORKS.find(([pattern]) => pattern.test(source))?.[1];
  if (!framework && (SITE.test(source) || RELEASE_TOOLS.test(source))) return [];
  const isDeployed = hasFile(tree, folder, /^(Dockerfile|config\.ru|Procfile)/);
  return [
    {
      what: 'component',
      folder,
      type: framework || isDeployed ? 'service' : 'tool',
      language: 'Ruby',
      ...(framework ? { framework } : {}),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}

function readGem(tree: Tree, path: string): Finding {
  const source = tree.read(path) ?? '';
  const name = /\.name\s*=\s*['"]([\w.-]+)['"]/.exec(source)?.[1] ?? stemOf(path);
  const summary = /\.summary\s*=\s*['"]([^'"\n]+)['"]/.exec(source)?.[1];
  return {
    what: 'component',
    folder: folderOf(path),
    name,
    aliases: [`gem:${name}`],
    type: 'library',
    language: 'Ruby',
    ...(summary ? { description: summary } : {}),
    place: tree.place(path),
    confidence: 'found',
  };
}
