import type { Detector, Finding, Tree } from '../detector.ts';
import { dig, isFields, parsed, parseJson, parseYaml, text } from '../reading/parse.ts';
import { baseOf, folderOf, isOurs, stemOf } from '../reading/paths.ts';
import { entityName } from '../reading/names.ts';

const MARK = /^\s*["']?(openapi|swagger)["']?\s*:\s*["']?[123]/m;

export const openapi: Detector = {
  id: 'openapi',
  detect: (tree) => {
    const seen = new Set<string>();
    return specFiles(tree).flatMap((path) => readSpec(tree, path, seen));
  },
};

/** Specs are often kept in `docs/`, which holds nothing else of the estate. */
function specFiles(tree: Tree): string[] {
  return tree.files.filter((path) => {
    if (!/\.(ya?ml|json)$/.test(path) || /(^|\/)(package(-lock)?|tsconfig)\.json$/.test(path)) return false;
    return isOurs(folderOf(path).replace(/(^|\/)docs?(?=\/|$)/g, '$1spec-folder'));
  });
}

function readSpec(tree: Tree, path: string, seen: Set<string>): Finding[] {
  const source = tree.read(path);
  if (source === undefined || !MARK.test(source.slice(0, 4000)) || source.includes('{{') || seen.has(source)) return [];
  const whole = path.endsWith('.json') ? parsed(tree, path, parseJson) : parsed(tree, path, (body) => parseYaml(body)[0]);
  if (!isFields(whole) || !isFields(whole.paths ?? whole.webhooks)) return [];
  seen.add(source);
  const title = text(dig(whole, 'info', 'title'));
  const description = text(dig(whole, 'info', 'description'));
  return [
    {
      what: 'api',
      name: entityName(nameOf(path, title)),
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      type: 'openapi',
      definition: source,
      folder: folderOf(path),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}

/** The file's own name where it says something, else the title. */
function nameOf(path: string, title: string | undefined): string {
  const stem = stemOf(path).replace(/[._-]?(openapi|swagger)([._-]?v?\d+)?$/i, '').replace(/^(openapi|swagger)[._-]/i, '');
  const plain = /^(|api|spec|index|schema|v\d+|openapi|swagger|rest)$/i.test(stem);
  if (!plain) return stem;
  return title ? title.toLowerCase() : baseOf(folderOf(path)) || stem || 'api';
}
