import protobuf from 'protobufjs';
import type { ApiFinding, Detector, Tree } from '../detector.ts';
import { entityName, looseKey } from '../reading/names.ts';
import { folderOf, ourFiles, stemOf } from '../reading/paths.ts';

interface ProtoFile {
  path: string;
  source: string;
  package: string;
  services: string[];
}

/** Protocols of the platform, copied into many repositories and owned by none of them. */
const PLATFORM = /^(google|grpc|envoy|opentelemetry|buf|validate|gogoproto|k8s|istio|udpa|xds)(\.|$)/;

export const protobufFiles: Detector = {
  id: 'protobuf',
  detect: (tree) => {
    const files = ourFiles(tree)
      .filter((path) => path.endsWith('.proto'))
      .flatMap((path) => readProto(tree, path));
    const packages = Map.groupBy(files, (file) => file.package || stemOf(file.path));
    return [...packages].flatMap(([name, group]) => apisOf(tree, name, group));
  },
};

function readProto(tree: Tree, path: string): ProtoFile[] {
  const source = tree.read(path);
  if (source === undefined || !/^[ \t]*service\s+\w+/m.test(source)) return [];
  const read = parseProto(source);
  if (!read || PLATFORM.test(read.package)) return [];
  return [{ path, source, ...read }];
}

function parseProto(source: string): { package: string; services: string[] } | undefined {
  try {
    const { root, package: name } = protobuf.parse(source, new protobuf.Root(), { keepCase: true });
    const services: string[] = [];
    const walk = (space: protobuf.NamespaceBase): void => {
      for (const nested of space.nestedArray) {
        if (nested instanceof protobuf.Service) services.push(nested.name);
        else if (nested instanceof protobuf.Namespace) walk(nested);
      }
    };
    walk(root);
    return { package: name ?? '', services };
  } catch {
    // Options that the parser doesn't know must not hide the services.
    const services = [...source.matchAll(/^[ \t]*service\s+(\w+)/gm)].flatMap((match) => match[1] ?? []);
    return { package: /^[ \t]*package\s+([\w.]+)\s*;/m.exec(source)?.[1] ?? '', services };
  }
}

/**
 * One API for all copies of a definition: a file that declares no service beyond what a fuller one of
 * the same package declares is a copy, or an excerpt that one service keeps for itself.
 */
function apisOf(tree: Tree, name: string, files: readonly ProtoFile[]): ApiFinding[] {
  const kept: ProtoFile[] = [];
  const byReach = [...files].sort(
    (a, b) =>
      b.services.length - a.services.length ||
      a.path.split('/').length - b.path.split('/').length ||
      a.path.localeCompare(b.path),
  );
  for (const file of byReach) {
    const known = new Set(kept.flatMap((other) => other.services));
    if (file.services.some((service) => !known.has(service))) kept.push(file);
  }
  return kept.map((file) => ({
    what: 'api',
    name: entityName(kept.length === 1 ? name : distinct(name, stemOf(file.path))),
    type: 'grpc',
    definition: file.source,
    folder: folderOf(file.path),
    services: file.services,
    place: tree.place(file.path),
    confidence: 'found',
  }));
}

function distinct(name: string, stem: string): string {
  return looseKey(name).endsWith(looseKey(stem)) ? name : `${name}.${stem}`;
}
