import type { Tree } from '../detector.ts';
import { ancestry, joinPath, stemOf } from '../reading/paths.ts';
import type { FactCollector } from './collector.ts';
import { declaredLicense } from './declared-license.ts';
import { namesIn } from './folder-names.ts';
import { licenseOfText } from './license-texts.ts';
import { observation } from './observation.ts';
import { FLAG, TEXT } from './schema-parts.ts';

const FILE = /^(?:(?:mit|apache|bsd)[-_])?(?:un)?licen[cs]es?(?:[._-][\w.-]+)?$|^copying(?:[._-][\w.-]+)?$/i;
const OTHER =
  /third|3rd|header|template|\.(?:[cm]?[jt]sx?|go|py|rb|java|kt|cs|rs|php|exs?|json|csv|ya?ml|toml|xml|sh|properties|lock|sql|vue|svelte|scala|swift)$/i;
const PLAIN = /^(?:(?:un)?licen[cs]e|copying)(?:\.(?:md|markdown|txt|rst|adoc))?$/i;

export const license: FactCollector = {
  name: 'license',
  title: 'License',
  description:
    'Whether a license is there, as a text or declared in the manifest, and which: the nearest to the component counts.',
  schema: {
    type: 'object',
    required: ['present'],
    properties: {
      present: FLAG,
      spdx: {
        ...TEXT,
        description:
          'SPDX identifier or expression, where known; `GPL-3.0` where "only" or "or later" isn’t told',
      },
    },
  },
  collect({ tree, folder }) {
    for (const at of ancestry(folder)) {
      const found = licenseIn(tree, at);
      if (found) return observation({ present: true, spdx: found.spdx }, found.path);
    }
    return { value: { present: false } };
  },
};

interface Found {
  path: string;
  spdx?: string | undefined;
}

function licenseIn(tree: Tree, folder: string): Found | undefined {
  const declared = declaredLicense(tree, folder);
  const texts = textsIn(tree, folder);
  const first = texts[0];
  if (first === undefined) return declared ?? collected(tree, folder);
  const ids = [...new Set(texts.flatMap(({ spdx }) => spdx ?? []))];
  if (ids.length === 0 || (ids.length > 1 && declared?.spdx !== undefined))
    return { path: first.path, spdx: declared?.spdx };
  // The lesser license adds to the text of the general one, which therefore stands beside it.
  const lesser = ids.find((id) => id.startsWith('LGPL'));
  return { path: first.path, spdx: lesser ?? (first.isPlain ? first.spdx : undefined) ?? ids.join(' OR ') };
}

function textsIn(tree: Tree, folder: string): (Found & { isPlain: boolean })[] {
  return namesIn(tree, folder)
    .filter((name) => FILE.test(name) && !OTHER.test(name))
    .sort((a, b) => a.length - b.length)
    .flatMap((name) => {
      const path = joinPath(folder, name);
      const source = tree.read(path);
      if (source === undefined || source.trim() === '') return [];
      return [{ path, spdx: licenseOfText(source), isPlain: PLAIN.test(name) }];
    });
}

/** `LICENSES/MIT.txt`, as the REUSE specification names them. */
function collected(tree: Tree, folder: string): Found | undefined {
  const names = namesIn(tree, joinPath(folder, 'LICENSES')).filter((name) => name.endsWith('.txt'));
  const first = names[0];
  if (first === undefined) return undefined;
  const path = joinPath(folder, `LICENSES/${first}`);
  return names.length === 1 ? { path, spdx: stemOf(first) } : { path };
}
