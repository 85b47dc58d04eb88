import type { ComponentFinding, Detector, Finding, Tree } from '../detector.ts';
import { codeFiles, hasFile } from '../reading/code.ts';
import { dig, fields, parsed, parseToml, text } from '../reading/parse.ts';
import { filesNamed, folderOf, isWithin, joinPath } from '../reading/paths.ts';

type Kind = NonNullable<ComponentFinding['type']>;

const FRAMEWORKS: readonly [RegExp, string, Kind][] = [
  [/^locust\b/im, 'Locust', 'tool'],
  [/^django\b/im, 'Django', 'service'],
  [/^fastapi\b/im, 'FastAPI', 'service'],
  [/^flask\b/im, 'Flask', 'service'],
  [/^starlette\b/im, 'Starlette', 'service'],
  [/^(aiohttp)\b/im, 'aiohttp', 'service'],
  [/^tornado\b/im, 'Tornado', 'service'],
  [/^sanic\b/im, 'Sanic', 'service'],
  [/^streamlit\b/im, 'Streamlit', 'website'],
  [/^(grpcio)\b/im, 'gRPC', 'service'],
  [/^celery\b/im, 'Celery', 'service'],
];
const SERVER_FILE = /\b(flask|fastapi|django|http\.server|grpc)\b/;

export const python: Detector = {
  id: 'python',
  detect: (tree) => {
    const folders = new Map<string, string>();
    const names = [
      'requirements.in',
      'requirements.txt',
      'Pipfile',
      'setup.cfg',
      'setup.py',
      'pyproject.toml',
    ];
    for (const name of names) for (const path of filesNamed(tree, name)) folders.set(folderOf(path), path);
    return [...folders].flatMap(([folder, path]) => readProject(tree, folder, path, [...folders.keys()]));
  },
};

function readProject(tree: Tree, folder: string, path: string, all: readonly string[]): Finding[] {
  const inner = all.filter((other) => other !== folder && isWithin(folder, other));
  const own = codeFiles(tree).filter(
    (file) =>
      file.language === 'Python' &&
      isWithin(folder, file.path) &&
      !inner.some((other) => isWithin(other, file.path)),
  );
  const pyproject = fields(parsed(tree, joinPath(folder, 'pyproject.toml'), parseToml));
  const project = fields(pyproject.project ?? dig(pyproject, 'tool', 'poetry'));
  const isToolConfig = path.endsWith('pyproject.toml') && Object.keys(project).length === 0;
  if (
    own.length === 0 ||
    (isToolConfig && !hasFile(tree, folder, /^(requirements\.txt|setup\.py|Pipfile|Dockerfile)$/))
  )
    return [];
  const requirements = requirementsOf(tree, folder, project);
  const match = FRAMEWORKS.find(([pattern]) => pattern.test(requirements));
  const name =
    text(project.name) ??
    /\bname\s*=\s*['"]([\w.-]+)['"]/.exec(tree.read(joinPath(folder, 'setup.py')) ?? '')?.[1];
  const description = text(project.description);
  return [
    {
      what: 'component',
      folder,
      ...(name ? { name, aliases: [`pypi:${name.toLowerCase()}`] } : {}),
      type:
        match?.[2] ??
        kindOf(
          tree,
          folder,
          project,
          own.map((file) => file.path),
        ),
      language: 'Python',
      ...(match ? { framework: match[1] } : {}),
      ...(description ? { description } : {}),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}

/** All that the project needs, one name a line. */
export function requirementsOf(tree: Tree, folder: string, project: Record<string, unknown>): string {
  const listed = ['requirements.in', 'requirements.txt', 'Pipfile', 'setup.py', 'setup.cfg'].map(
    (file) => tree.read(joinPath(folder, file)) ?? '',
  );
  const declared = Array.isArray(project.dependencies)
    ? project.dependencies
    : Object.keys(fields(project.dependencies));
  return [
    ...declared.map(String),
    ...listed.map((source) => source.replace(/['"[]\s*([A-Za-z][\w.-]+)/g, '\n$1')),
  ].join('\n');
}

function kindOf(
  tree: Tree,
  folder: string,
  project: Record<string, unknown>,
  files: readonly string[],
): Kind {
  if (hasFile(tree, folder, /^(Dockerfile|Procfile)$/)) {
    return files.some((file) => SERVER_FILE.test(tree.read(file) ?? '')) ? 'service' : 'tool';
  }
  if (Object.keys(fields(project.scripts)).length > 0) return 'tool';
  const isPackage = text(project.name) !== undefined || hasFile(tree, folder, /^setup\.py$/);
  return isPackage ? 'library' : 'tool';
}
