import type { Detector, Finding, Tree } from '../detector.ts';
import { hasFile, holdsCode, languagesIn, servesPages } from '../reading/code.ts';
import { configuredProduct, SHELF } from '../reading/containers.ts';
import { imageName } from '../reading/images.ts';
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

export const dockerfile: Detector = {
  id: 'dockerfile',
  detect: (tree) =>
    ourFiles(tree)
      .filter((path) =>
        /^(Dockerfile|Containerfile|Dockerfile\.(prod|production|release))$/.test(baseOf(path)),
      )
      .flatMap((path) => readDockerfile(tree, path)),
};

function readDockerfile(tree: Tree, path: string): Finding[] {
  const source = tree.read(path);
  const folder = folderOf(path);
  if (source === undefined || SHELF.test(baseOf(folder))) return [];
  const place = tree.place(path);
  const product = configuredProduct(tree, path);
  if (product) {
    const { type, image } = product;
    const name = folderName(tree, folder);
    return [{ what: 'resource', name, type, description: `built on ${image}`, place, confidence: 'guess' }];
  }
  const main = languagesIn(tree, folder)[0]?.[0];
  if (
    main === undefined &&
    !holdsCode(tree, folder) &&
    !hasFile(tree, folder, /^(package\.json|index\.html)$/)
  )
    return [];
  const images = [...source.matchAll(/^[ \t]*FROM\s+(?:--\S+\s+)*(\S+)/gim)].map((match) =>
    imageName(match[1] ?? ''),
  );
  // Nothing but pages behind a web server.
  const isSite = main === undefined && servesPages(tree, folder);
  const language =
    main ??
    (isSite ? 'JavaScript' : undefined) ??
    LANGUAGES.find(([pattern]) => images.some((name) => pattern.test(name)))?.[1];
  return [
    {
      what: 'component',
      folder,
      ...(language ? { language } : {}),
      ...(isSite ? { type: 'website' as const } : {}),
      place,
      confidence: 'found',
    },
  ];
}
