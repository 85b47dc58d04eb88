/** The license that the manifest in a folder declares. */
import type { Tree } from '../detector.ts';
import { dig, list, parsed, parseJson, parseToml, parseXml, text } from '../reading/parse.ts';
import { joinPath } from '../reading/paths.ts';
import { namesIn } from './folder-names.ts';
import { licenseOfText } from './license-texts.ts';

type Reader = (tree: Tree, path: string) => (string | undefined)[];

const READERS: readonly (readonly [file: string, read: Reader])[] = [
  ['package.json', ofPackage],
  ['Cargo.toml', ofCrate],
  ['pyproject.toml', ofPython],
  ['composer.json', (tree, path) => list(dig(parsed(tree, path, parseJson), 'license')).map(text)],
  ['pom.xml', ofPom],
];
/** An identifier, or several that SPDX's words join. */
const EXPRESSION = /^\(?[A-Za-z0-9.+-]{2,60}\)?(?: (?:OR|AND|WITH) \(?[A-Za-z0-9.+-]{2,60}\)?){0,10}$/;
const NONE = /^(unlicensed|proprietary|private|none|commercial|internal|all rights reserved)$/i;

export function declaredLicense(tree: Tree, folder: string): { path: string; spdx?: string } | undefined {
  const names = namesIn(tree, folder);
  for (const [file, read] of READERS) {
    if (!names.includes(file)) continue;
    const path = joinPath(folder, file);
    const said = read(tree, path).filter((one) => one !== undefined);
    const licenses = said.filter((one) => !NONE.test(one.trim()) && !/^see licen[cs]e/i.test(one.trim()));
    if (licenses.length === 0) continue;
    const spdx = licenses.map(identifier);
    const known = spdx.every((one) => one !== undefined);
    return known ? { path, spdx: spdx.join(' OR ') } : { path };
  }
  return undefined;
}

function identifier(said: string): string | undefined {
  const plain = said.trim().replace(/\s*\/\s*/g, ' OR ');
  if (plain.length > 300) return undefined;
  return EXPRESSION.test(plain) ? plain : licenseOfText(said);
}

function ofPackage(tree: Tree, path: string): (string | undefined)[] {
  const manifest = parsed(tree, path, parseJson);
  const said = [...list(dig(manifest, 'license')), ...list(dig(manifest, 'licenses'))];
  return said.map((one) => text(one) ?? text(dig(one, 'type')));
}

function ofCrate(tree: Tree, path: string): (string | undefined)[] {
  return [text(dig(parsed(tree, path, parseToml), 'package', 'license'))];
}

const CLASSIFIER = /^License :: (?:OSI Approved :: )?(.+)$/;

function ofPython(tree: Tree, path: string): (string | undefined)[] {
  const manifest = parsed(tree, path, parseToml);
  const project = dig(manifest, 'project');
  const plain =
    text(dig(project, 'license')) ??
    text(dig(project, 'license', 'text')) ??
    text(dig(manifest, 'tool', 'poetry', 'license'));
  if (plain !== undefined) return [plain];
  return list(dig(project, 'classifiers')).map((one) => CLASSIFIER.exec(text(one) ?? '')?.[1]);
}

function ofPom(tree: Tree, path: string): (string | undefined)[] {
  const licenses = dig(parsed(tree, path, parseXml), 'project', 'licenses', 'license');
  return list(licenses).map((one) => text(dig(one, 'name')));
}
