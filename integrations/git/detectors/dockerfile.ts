import type { Detector, Finding, Tree } from '../detector.ts';
import { hasFile, languagesIn } from '../reading/code.ts';
import { baseImage, imageName, imageType } from '../reading/images.ts';
import { baseOf, folderName, folderOf, ourFiles } from '../reading/paths.ts';

const LANGUAGES: readonly [RegExp, string][] = [
  [/^(golang|go)$/, 'Go'],
  [/^(node|bun|deno)$/, 'JavaScript'],
  [/^(python|pypy|uvicorn-gunicorn.*|jupyter.*)$/, 'Python'],
  [/^(openjdk|eclipse-temurin|amazoncorretto|java|maven|gradle|tomcat|jetty|jre|jdk)$/, 'Java'],
  [/^(aspnet|sdk|runtime|dotnet.*)$/, 'C#'],
  [/^(ruby|rails)$/, 'Ruby'],
  [/^(php|composer)$/, 'PHP'],
  [/^rust$/, 'Rust'],
  [/^(elixir|erlang)$/, 'Elixir'],
];

/** Where Dockerfiles are kept together: the folder tells nothing of what they build. */
const SHELF = /^(docker|dockerfiles?|build|deploy|deployments?|package|ci|hack|scripts|infra|ops|containers?|images?)$/i;

export const dockerfile: Detector = {
  id: 'dockerfile',
  detect: (tree) =>
    ourFiles(tree)
      .filter((path) => /^(Dockerfile|Containerfile|Dockerfile\.(prod|production|release))$/.test(baseOf(path)))
      .flatMap((path) => readDockerfile(tree, path)),
};

function readDockerfile(tree: Tree, path: string): Finding[] {
  const source = tree.read(path);
  const folder = folderOf(path);
  if (source === undefined || SHELF.test(baseOf(folder))) return [];
  const image = baseImage(source) ?? '';
  const place = tree.place(path);
  const software = imageType(image);
  const main = languagesIn(tree, folder)[0]?.[0];
  // A few settings on top of someone's product, and no code of one's own: that product, configured.
  if (software && software !== 'proxy' && (main === undefined || !copiesCode(source, main))) {
    const name = folderName(tree, folder);
    return [
      { what: 'resource', name, type: software, description: `built from ${image}`, place, confidence: 'guess' },
    ];
  }
  if (main === undefined && !hasFile(tree, folder, /^(package\.json|index\.html)$/)) return [];
  const images = [...source.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].map((match) => imageName(match[1] ?? ''));
  const language = main ?? LANGUAGES.find(([pattern]) => images.some((name) => pattern.test(name)))?.[1];
  return [
    {
      what: 'component',
      folder,
      ...(language ? { language } : {}),
      place,
      confidence: 'found',
    },
  ];
}

function copiesCode(source: string, language: string): boolean {
  return !['Java', 'Go', 'Rust', 'C#'].includes(language)
    ? /^\s*(RUN|ENTRYPOINT|CMD)\b.*\b(npm|yarn|pip|python|node|ruby|php)\b/im.test(source)
    : true;
}
