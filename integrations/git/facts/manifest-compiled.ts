/** Reads the manifests of the package managers of Java's and .NET's languages, where a version may stand elsewhere. */
import type { Tree } from '../detector.ts';
import { dig, type Fields, fields, list, parsed, parseToml, parseXml, text } from '../reading/parse.ts';
import { ancestry, folderOf, joinPath } from '../reading/paths.ts';
import { namesIn } from './folder-names.ts';
import { type ManifestReader, type Package, unique } from './manifest-reader.ts';

/** A range, or whatever is newest. One that isn't given comes from a parent or platform in one version. */
const FLOATING = /[[(,+*]|^latest|^release$|-SNAPSHOT$/i;
const isExact = (version: string | undefined) => version === undefined || !FLOATING.test(version.trim());

export const ofMaven: ManifestReader = (tree, path) => {
  const project = dig(parsed(tree, path, parseXml), 'project');
  if (dig(project, 'modelVersion') === undefined && dig(project, 'artifactId') === undefined)
    return undefined;
  const own = text(dig(project, 'groupId')) ?? text(dig(project, 'parent', 'groupId'));
  const properties = fields(dig(project, 'properties'));
  const asked = list(dig(project, 'dependencies', 'dependency')).flatMap((one) => {
    const group = text(dig(one, 'groupId')) ?? '';
    const artifact = text(dig(one, 'artifactId'));
    const version = text(dig(one, 'version'));
    const isOwn = group === own || /^\$\{(project\.)?groupId\}$/.test(group);
    if (
      artifact === undefined ||
      (isOwn && (version === undefined || /^\$\{(project\.|revision)/.test(version)))
    )
      return [];
    return [{ name: `${group}:${artifact}`, exact: isExact(filled(version, properties)) }];
  });
  return unique(asked);
};

function filled(version: string | undefined, properties: Fields): string | undefined {
  const name = /^\$\{([\w.-]+)\}$/.exec(version ?? '')?.[1];
  return name === undefined ? version : text(properties[name]);
}

const ASKED =
  /(?:^|[\s;{])\w*(?:mplementation|[aA]pi|ompileOnly|untimeOnly|[cC]ompile|[rR]untime|[kK]apt|[kK]sp|nnotationProcessor|lasspath|evelopmentOnly)[\s(]+(?:(?:enforcedP|p)latform\s?\(\s?)?(\S.*)$/;
const BY_TEXT = /["']([\w.-]+):([\w.-]+)(?::([^"':@]+))?[^"']{0,50}["']/g;
const BY_PARTS =
  /\bgroup ?[:=] ?["']([\w.-]+)["'], ?name ?[:=] ?["']([\w.-]+)["'](?:, ?version ?[:=] ?["']([^"']+)["'])?/;
const LONGEST_LINE = 3000;

export const ofGradle: ManifestReader = (tree, path) => {
  const source = tree.read(path);
  if (source === undefined) return undefined;
  const catalog = catalogNear(tree, folderOf(path));
  return unique(
    // Several may be listed after one word, each on its line.
    source
      .replace(/,[ \t]*\r?\n\s*/g, ', ')
      .split('\n')
      .flatMap((line) => {
        if (line.length > LONGEST_LINE || /^\s*(\/\/|\*)/.test(line)) return [];
        const said = ASKED.exec(line)?.[1];
        return said === undefined ? [] : gradlePackages(said, catalog);
      }),
  );
};

function gradlePackages(said: string, catalog: Fields): Package[] {
  // A project or file of the same repository, with settings that look like a name.
  if (/^(?:project|files|fileTree)\b/.test(said)) return [];
  const listed = [...said.matchAll(BY_TEXT)];
  if (listed.length > 0)
    return listed.map(([, group, artifact, version]) => ({
      name: `${group}:${artifact}`,
      exact: isExact(version),
    }));
  const [, group, artifact, version] = BY_PARTS.exec(said) ?? [];
  if (group && artifact) return [{ name: `${group}:${artifact}`, exact: isExact(version) }];
  const kotlin = /^kotlin\(["']([\w-]+)["']/.exec(said)?.[1];
  if (kotlin) return [{ name: `org.jetbrains.kotlin:kotlin-${kotlin}`, exact: true }];
  const alias = /^libs\.([\w.]+)/.exec(said)?.[1]?.replace(/\.get$/, '');
  return alias === undefined ? [] : fromCatalog(alias, catalog);
}

/** Gradle's version catalog, as the root of a build keeps it. */
function catalogNear(tree: Tree, folder: string): Fields {
  const paths = ancestry(folder).map((at) => joinPath(at, 'gradle/libs.versions.toml'));
  const path = paths.find((one) => tree.read(one) !== undefined);
  return path === undefined ? {} : fields(parsed(tree, path, parseToml));
}

function fromCatalog(alias: string, catalog: Fields): Package[] {
  const bundle = alias.startsWith('bundles.')
    ? find(catalog.bundles, alias.slice('bundles.'.length))
    : undefined;
  if (bundle !== undefined)
    return list(bundle).flatMap((one) =>
      libraryOf(find(catalog.libraries, dotted(text(one) ?? '')), catalog),
    );
  return libraryOf(find(catalog.libraries, alias), catalog);
}

function libraryOf(library: unknown, catalog: Fields): Package[] {
  const [group, artifact, short] = (text(library) ?? text(dig(library, 'module')) ?? '').split(':');
  const name =
    group && artifact
      ? `${group}:${artifact}`
      : [text(dig(library, 'group')), text(dig(library, 'name'))].join(':');
  const ref = text(dig(library, 'version', 'ref'));
  const version =
    short ??
    text(dig(library, 'version')) ??
    (ref === undefined ? undefined : text(find(catalog.versions, dotted(ref))));
  return name.length < 3 ? [] : [{ name, exact: isExact(version) }];
}

const dotted = (alias: string) => alias.replace(/[-_]/g, '.');

function find(table: unknown, alias: string): unknown {
  return Object.entries(fields(table)).find(([key]) => dotted(key) === alias)?.[1];
}

export const ofNuget: ManifestReader = (tree, path) => {
  const whole = parsed(tree, path, parseXml);
  if (path.endsWith('packages.config')) {
    const packages = list(dig(whole, 'packages', 'package'));
    return packages.flatMap((one) => text(dig(one, '@id')) ?? []).map((name) => ({ name, exact: true }));
  }
  const groups = list(dig(whole, 'Project', 'ItemGroup'));
  if (dig(whole, 'Project') === undefined) return undefined;
  const isCentral = ancestry(folderOf(path)).some((at) =>
    namesIn(tree, at).includes('Directory.Packages.props'),
  );
  const references = groups.flatMap((group) => list(dig(group, 'PackageReference')));
  return unique(
    references.flatMap((one) => {
      const name = text(dig(one, '@Include'));
      const version =
        text(dig(one, '@Version')) ?? text(dig(one, 'Version')) ?? text(dig(one, '@VersionOverride'));
      return name === undefined
        ? []
        : [{ name, exact: version === undefined ? isCentral : isLowest(version) }];
    }),
  );
};

/** `1.2.3` is the lowest that will do, which is what NuGet takes; `[1.2.3]` is only that one. */
function isLowest(version: string): boolean {
  return !/[*,]/.test(version);
}
