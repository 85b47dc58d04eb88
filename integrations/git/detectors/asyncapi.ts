import type { Detector, Finding, Tree } from '../detector.ts';
import { entityName } from '../reading/names.ts';
import { dig, isFields, parsed, parseJson, parseYaml, text } from '../reading/parse.ts';
import { folderOf, isOurs, stemOf } from '../reading/paths.ts';

const MARK = /^\s*["']?asyncapi["']?\s*:\s*["']?[123]/m;

export const asyncapi: Detector = {
  id: 'asyncapi',
  detect: (tree) => {
    const seen = new Set<string>();
    return tree.files
      .filter((path) => /\.(ya?ml|json)$/.test(path) && isOurs(folderOf(path).replace(/(^|\/)docs?(?=\/|$)/g, '$1spec-folder')))
      .flatMap((path) => readSpec(tree, path, seen));
  },
};

function readSpec(tree: Tree, path: string, seen: Set<string>): Finding[] {
  const source = tree.read(path);
  if (source === undefined || !MARK.test(source.slice(0, 2000)) || seen.has(source)) return [];
  const whole = path.endsWith('.json') ? parsed(tree, path, parseJson) : parsed(tree, path, (body) => parseYaml(body)[0]);
  if (!isFields(whole) || !isFields(whole.channels)) return [];
  seen.add(source);
  const title = text(dig(whole, 'info', 'title'));
  const description = text(dig(whole, 'info', 'description'));
  const stem = stemOf(path);
  return [
    {
      what: 'api',
      name: entityName(/^(asyncapi|api|spec|index|events)$/i.test(stem) && title ? title.toLowerCase() : stem),
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      type: 'asyncapi',
      definition: source,
      folder: folderOf(path),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}
