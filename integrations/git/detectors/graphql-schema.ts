import { Kind, parse } from 'graphql';
import type { Detector, Finding, Tree } from '../detector.ts';
import { entityName } from '../reading/names.ts';
import { folderName, folderOf, ourFiles, stemOf } from '../reading/paths.ts';

export const graphqlSchema: Detector = {
  id: 'graphql-schema',
  detect: (tree) => {
    const byFolder = new Map<string, { path: string; source: string }[]>();
    for (const path of ourFiles(tree)) {
      if (!/\.(graphqls?|gql)$/.test(path)) continue;
      const source = tree.read(path);
      if (source === undefined || !/\b(type|schema|input|interface|enum|union|scalar)\b/.test(source))
        continue;
      const folder = folderOf(path);
      byFolder.set(folder, [...(byFolder.get(folder) ?? []), { path, source }]);
    }
    const seen = new Set<string>();
    return [...byFolder].flatMap(([folder, files]) => readSchema(tree, folder, files, seen));
  },
};

/** The files of one folder are one schema: it is usual to split it by type. */
function readSchema(
  tree: Tree,
  folder: string,
  files: { path: string; source: string }[],
  seen: Set<string>,
): Finding[] {
  const kept = files.filter(({ source }) => isSchemaPart(source));
  const first = kept.find(({ source }) =>
    /\btype\s+(Query|Mutation|Subscription)\b|\bschema\s*\{/.test(source),
  );
  const definition = kept.map(({ source }) => source).join('\n');
  if (!first || seen.has(definition)) return [];
  seen.add(definition);
  const stem = stemOf(first.path);
  const name =
    kept.length === 1 && !/^(schema|index|api|typedefs)$/i.test(stem)
      ? stem
      : `${ownerName(tree, folder)}-graphql`;
  return [
    {
      what: 'api',
      name: entityName(name),
      type: 'graphql',
      definition,
      folder,
      place: tree.place(first.path),
      confidence: 'found',
    },
  ];
}

/** Client documents (queries, fragments) have the same extension and aren't schemas. */
function isSchemaPart(source: string): boolean {
  try {
    return parse(source, { noLocation: true }).definitions.every(
      (node) => node.kind !== Kind.OPERATION_DEFINITION && node.kind !== Kind.FRAGMENT_DEFINITION,
    );
  } catch {
    return false;
  }
}

function ownerName(tree: Tree, folder: string): string {
  const parts = folder
    .split('/')
    .filter((part) => !/^(src|main|resources|graphql|schema|schemas|app|lib)$/i.test(part));
  return parts.at(-1) ?? folderName(tree, '');
}
