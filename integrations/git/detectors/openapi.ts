import type { Detector, Finding, Tree } from '../detector.ts';
import { entityName } from '../reading/names.ts';
import { dig, isFields, text } from '../reading/parse.ts';
import { baseOf, folderOf, stemOf } from '../reading/paths.ts';
import { readSpec, specFiles } from '../reading/specs.ts';

/** Stands near the beginning of every such document. */
export const OPENAPI_MARK = /["']?\b(openapi|swagger)["']?[ \t]*:[ \t]*["']?[123]/;

export const openapi: Detector = {
  id: 'openapi',
  detect: (tree) => {
    const seen = new Set<string>();
    return specFiles(tree).flatMap((path) => apiOf(tree, path, seen));
  },
};

function apiOf(tree: Tree, path: string, seen: Set<string>): Finding[] {
  const whole = readSpec(tree, path, OPENAPI_MARK, seen);
  if (!whole || !isFields(whole.paths ?? whole.webhooks)) return [];
  const title = text(dig(whole, 'info', 'title'));
  const description = text(dig(whole, 'info', 'description'));
  return [
    {
      what: 'api',
      name: entityName(nameOf(path, title)),
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      type: 'openapi',
      definition: tree.read(path) ?? '',
      folder: folderOf(path),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}

/** The file's own name where it says something, else the title. */
function nameOf(path: string, title: string | undefined): string {
  const stem = stemOf(path)
    .replace(/[._-]?(openapi|swagger)([._-]?v?\d+)?$/i, '')
    .replace(/^(openapi|swagger)[._-]/i, '');
  const saysNothing = /^(|api|api-docs|spec|index|schema|v\d+|openapi|swagger|rest|docs)$/i.test(stem);
  const isDefault = title === undefined || /^(openapi definition|api|swagger)$/i.test(title);
  if (!saysNothing) return stem;
  return isDefault ? `${baseOf(folderOf(path)) || 'rest'}-api` : title.toLowerCase();
}
