import type { Tree } from '../detector.ts';
import { isFields, parsed, parseJson, parseYaml } from './parse.ts';
import { baseOf, folderOf, isOurs } from './paths.ts';

const NEVER =
  /^(package(-lock)?|composer|npm-shrinkwrap|tsconfig[\w.-]*|pnpm-lock|angular|manifest|dashboard[\w.-]*)\.(json|ya?ml)$/;
const kept = new WeakMap<Tree, readonly string[]>();

/**
 * YAML and JSON files that may hold an API's definition. Those are often kept in `docs/` or `spec/`,
 * where nothing else of the estate is.
 */
export function specFiles(tree: Tree): readonly string[] {
  let files = kept.get(tree);
  if (!files) {
    files = tree.files.filter((path) => {
      if (!/\.(ya?ml|json)$/.test(path) || NEVER.test(baseOf(path))) return false;
      return isOurs(folderOf(path).replace(/(^|\/)(docs?|specs?)(?=\/|$)/g, '$1definitions'));
    });
    kept.set(tree, files);
  }
  return files;
}

/** The document of a spec whose first lines bear the mark; `seen` tells copies apart from originals. */
export function readSpec(
  tree: Tree,
  path: string,
  mark: RegExp,
  seen: Set<string>,
): Record<string, unknown> | undefined {
  const source = tree.read(path);
  if (source === undefined || !mark.test(source.slice(0, 4000)) || source.includes('{{') || seen.has(source))
    return undefined;
  const whole = path.endsWith('.json') ? parsed(tree, path, parseJson) : parsed(tree, path, parseYaml)?.[0];
  if (!isFields(whole)) return undefined;
  seen.add(source);
  return whole;
}
