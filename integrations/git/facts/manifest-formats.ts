/** Reads the manifests of package managers that know one version rule and one lock file. */
import { dig, fields, isFields, parsed, parseJson, parseToml, text } from '../reading/parse.ts';
import { ancestry, folderOf, joinPath } from '../reading/paths.ts';
import { type ManifestReader, type Package, unique } from './manifest-reader.ts';

const COMMIT = /[0-9a-f]{40}/;

export const ofNpm: ManifestReader = (tree, path) => {
  const manifest = parsed(tree, path, parseJson);
  if (!isFields(manifest)) return undefined;
  const asked = {
    ...fields(manifest.optionalDependencies),
    ...fields(manifest.devDependencies),
    ...fields(manifest.dependencies),
  };
  return Object.entries(asked).flatMap(([name, value]) => {
    const version = text(value)?.trim() ?? '';
    if (/^(workspace|file|link|portal):/.test(version)) return [];
    const plain = version.startsWith('npm:') ? version.slice(version.lastIndexOf('@') + 1) : version;
    const exact =
      /^[v=]{0,2}\d+\.\d+\.\d+([-+][\w.+-]+)?$/.test(plain) || COMMIT.test(plain) || /\.tgz$/.test(plain);
    return [{ name, exact }];
  });
};

export const ofGo: ManifestReader = (tree, path) => {
  const source = tree.read(path);
  if (source === undefined || !/^module\b/m.test(source)) return undefined;
  const packages: Package[] = [];
  const local = new Set<string>();
  let block = '';
  for (const raw of source.split('\n')) {
    const line = raw.trim();
    const opened = /^(require|replace|exclude|retract|tool)\s*\($/.exec(line)?.[1];
    if (opened) block = opened;
    else if (line === ')') block = '';
    else {
      const word = block === '' ? line.split(/\s/, 1)[0] : block;
      const rest = block === '' ? line.slice(word?.length).trim() : line;
      const needed = word === 'require' ? /^(\S+) +v\S+(.*)$/.exec(rest) : null;
      if (needed?.[1] && !needed[2]?.includes('// indirect')) packages.push({ name: needed[1], exact: true });
      const replaced = word === 'replace' ? /^(\S+)[^=]*=>\s*\.{1,2}\//.exec(rest) : null;
      if (replaced?.[1]) local.add(replaced[1]);
    }
  }
  return packages.filter(({ name }) => !local.has(name));
};

export const ofCargo: ManifestReader = (tree, path) => {
  const manifest = parsed(tree, path, parseToml);
  if (!isFields(manifest) || !(isFields(manifest.package) || isFields(manifest.workspace))) return undefined;
  const shared = ancestry(folderOf(path))
    .map((at) => dig(parsed(tree, joinPath(at, 'Cargo.toml'), parseToml), 'workspace', 'dependencies'))
    .find(isFields);
  const targets = Object.values(fields(manifest.target));
  const tables = [manifest, ...targets].flatMap((one) => [
    dig(one, 'dependencies'),
    dig(one, 'dev-dependencies'),
    dig(one, 'build-dependencies'),
  ]);
  return unique(
    tables.flatMap((table) =>
      Object.entries(fields(table)).flatMap(([key, value]) => {
        const said = dig(value, 'workspace') === true ? shared?.[key] : value;
        const version = text(said) ?? text(dig(said, 'version'));
        if (version === undefined && dig(said, 'path') !== undefined) return [];
        const exact = /^\s*=\s*\d+\.\d+\.\d+/.test(version ?? '') || dig(said, 'rev') !== undefined;
        return [{ name: text(dig(said, 'package')) ?? key, exact }];
      }),
    ),
  );
};

/** Of PHP itself and its extensions no package manager knows. */
const PLATFORM = /^(php(-64bit)?|hhvm|composer(-\w+-api)?|(ext|lib)-.+)$/;

export const ofComposer: ManifestReader = (tree, path) => {
  const manifest = parsed(tree, path, parseJson);
  if (!isFields(manifest)) return undefined;
  return Object.entries({ ...fields(manifest['require-dev']), ...fields(manifest.require) })
    .filter(([name]) => !PLATFORM.test(name))
    .map(([name, value]) => {
      const version = text(value) ?? '';
      return { name, exact: /^=?v?\d+(\.\d+){1,3}(-[\w.]+)?$/.test(version) || COMMIT.test(version) };
    });
};

export const ofGem: ManifestReader = (tree, path) => {
  const source = tree.read(path);
  if (source === undefined) return undefined;
  const found = source.matchAll(/^[ \t]*gem[ \t(]+['"]([\w.-]{1,100})['"](.*)$/gm);
  return [...found].flatMap(([, name = '', rest = '']) => {
    if (/\bpath(:|\s*=>)/.test(rest)) return [];
    return [{ name, exact: /^\s*,\s*['"]=?\s*\d+(\.\d+)+['"]/.test(rest) || COMMIT.test(rest) }];
  });
};

export const ofMix: ManifestReader = (tree, path) => {
  const source = tree.read(path);
  if (source === undefined || !source.includes('Mix.Project')) return undefined;
  const start = source.search(/\bdefp? deps\b/);
  if (start === -1) return [];
  const code = source.slice(start).replace(/^[ \t]*#.*$/gm, '');
  const end = code.search(/^[ \t]*end\b/m);
  const found = code.slice(0, end === -1 ? undefined : end).matchAll(/\{:(\w{1,100}),([^{}]*)\}/g);
  return [...found].flatMap(([, name = '', rest = '']) => {
    if (/\b(path|in_umbrella):/.test(rest)) return [];
    const version = /^\s*"([^"]*)"/.exec(rest)?.[1] ?? '';
    return [{ name, exact: /^(==\s*)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) || COMMIT.test(rest) }];
  });
};
