import type { Detector, Finding, Tree } from '../detector.ts';
import { entityName } from '../reading/names.ts';
import { dig, isFields, text } from '../reading/parse.ts';
import { folderOf, stemOf } from '../reading/paths.ts';
import { readSpec, specFiles } from '../reading/specs.ts';

const MARK = /["']?\basyncapi["']?[ \t]*:[ \t]*["']?[123]/;

export const asyncapi: Detector = {
  id: 'asyncapi',
  detect: (tree) => {
    const seen = new Set<string>();
    return specFiles(tree).flatMap((path) => apiOf(tree, path, seen));
  },
};

function apiOf(tree: Tree, path: string, seen: Set<string>): Finding[] {
  const whole = readSpec(tree, path, MARK, seen);
  if (!whole || !isFields(whole.channels)) return [];
  const title = text(dig(whole, 'info', 'title'));
  const description = text(dig(whole, 'info', 'description'));
  const stem = stemOf(path);
  const saysNothing = /^(asyncapi|api|spec|index|events)$/i.test(stem);
  return [
    {
      what: 'api',
      name: entityName(saysNothing && title ? title.toLowerCase() : stem),
      ...(title ? { title } : {}),
      ...(description ? { description } : {}),
      type: 'asyncapi',
      definition: tree.read(path) ?? '',
      folder: folderOf(path),
      place: tree.place(path),
      confidence: 'found',
    },
  ];
}
