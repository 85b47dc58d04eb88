import type { DependencyFinding, Detector, Tree } from '../detector.ts';
import {
  dig,
  fields,
  isFields,
  list,
  parsed,
  parseJson,
  parseToml,
  parseXml,
  text,
} from '../reading/parse.ts';
import { baseOf, folderOf, ourFiles, stemOf } from '../reading/paths.ts';

type Reader = (tree: Tree, path: string) => string[];

/**
 * Packages that a manifest asks for, by `ecosystem:name`, so that a package of the estate is told from a
 * service or an image of the same name. Those of the outside world match nothing and fall away.
 */
export const packageDependencies: Detector = {
  id: 'package-dependencies',
  detect: (tree) =>
    ourFiles(tree).flatMap((path) => {
      const read = READERS.find(([pattern]) => pattern.test(baseOf(path)))?.[1];
      return read ? [...new Set(read(tree, path))].map((to) => dependency(tree, path, to)) : [];
    }),
};

function dependency(tree: Tree, path: string, to: string): DependencyFinding {
  return {
    what: 'dependency',
    from: { folder: folderOf(path) },
    to,
    via: `dependency ${to.slice(to.indexOf(':') + 1)} in ${path}`,
    protocol: 'library',
    place: tree.place(path),
    confidence: 'found',
  };
}

const keys = (value: unknown): string[] => Object.keys(fields(value));

const npm: Reader = (tree, path) => {
  const manifest = fields(parsed(tree, path, parseJson));
  return [...keys(manifest.dependencies), ...keys(manifest.peerDependencies)].map((name) => `npm:${name}`);
};

const go: Reader = (tree, path) =>
  [...(tree.read(path) ?? '').matchAll(/^[ \t]*(?:require\s+)?([\w-]+(?:\.[\w-]+)+\/\S+)\s+v\S+/gm)].map(
    (match) => `go:${match[1]}`,
  );

/** A pom may name its own group by a property. */
const OWN_GROUP = /^\$\{(project\.)?groupId\}$/;

const maven: Reader = (tree, path) => {
  const project = dig(parsed(tree, path, parseXml), 'project');
  const own = text(dig(project, 'groupId')) ?? text(dig(project, 'parent', 'groupId')) ?? '';
  return list(dig(project, 'dependencies', 'dependency')).flatMap((entry) => {
    const artifact = text(dig(entry, 'artifactId'));
    const group = text(dig(entry, 'groupId')) ?? '';
    const isOwn = OWN_GROUP.test(group);
    return artifact && text(dig(entry, 'scope')) !== 'test'
      ? [`maven:${isOwn ? own : group}:${artifact}`]
      : [];
  });
};

const gradle: Reader = (tree, path) => {
  const source = tree.read(path) ?? '';
  const projects = [...source.matchAll(/\bproject\s*\(\s*(?:path:\s*)?['"]:([\w:.-]+)['"]/g)];
  return projects.map((match) => `folder:${(match[1] ?? '').replaceAll(':', '/')}`);
};

const cargo: Reader = (tree, path) => {
  const manifest = fields(parsed(tree, path, parseToml));
  return keys(manifest.dependencies).map((name) => {
    const renamed = text(dig(manifest.dependencies, name, 'package'));
    return `cargo:${renamed ?? name}`;
  });
};

const dotnet: Reader = (tree, path) => {
  const source = tree.read(path) ?? '';
  const projects = [...source.matchAll(/<ProjectReference\s+Include="([^"]+)"/g)];
  const packages = [...source.matchAll(/<PackageReference\s+Include="([^"]+)"/g)];
  return [
    ...projects.map((match) => `nuget:${stemOf((match[1] ?? '').replaceAll('\\', '/'))}`),
    ...packages.map((match) => `nuget:${match[1]}`),
  ];
};

const python: Reader = (tree, path) => {
  if (path.endsWith('.toml')) {
    const manifest = fields(parsed(tree, path, parseToml));
    const declared = list(dig(manifest, 'project', 'dependencies')).map(String);
    return pypi([...declared, ...keys(dig(manifest, 'tool', 'poetry', 'dependencies'))]);
  }
  return pypi((tree.read(path) ?? '').split('\n'));
};

function pypi(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const name = /^\s*([A-Za-z][\w.-]*)/.exec(line)?.[1];
    return name ? [`pypi:${name.toLowerCase()}`] : [];
  });
}

const composer: Reader = (tree, path) => {
  const manifest = parsed(tree, path, parseJson);
  return isFields(manifest) ? keys(manifest.require).map((name) => `composer:${name}`) : [];
};

const mix: Reader = (tree, path) =>
  [...(tree.read(path) ?? '').matchAll(/\{:(\w+),[^}]*\}/g)].map((match) => `hex:${match[1]}`);

const gem: Reader = (tree, path) =>
  [...(tree.read(path) ?? '').matchAll(/^[ \t]*gem\s+['"]([\w.-]+)['"]/gm)].map((match) => `gem:${match[1]}`);

const READERS: readonly [RegExp, Reader][] = [
  [/^package\.json$/, npm],
  [/^go\.mod$/, go],
  [/^pom\.xml$/, maven],
  [/^build\.gradle(\.kts)?$/, gradle],
  [/^Cargo\.toml$/, cargo],
  [/\.(cs|fs|vb)proj$/, dotnet],
  [/^(pyproject\.toml|requirements\.(txt|in))$/, python],
  [/^composer\.json$/, composer],
  [/^mix\.exs$/, mix],
  [/^Gemfile$/, gem],
];
