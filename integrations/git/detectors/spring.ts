import type { DependencyFinding, Detector, Finding, Tree } from '../detector.ts';
import { settingHosts } from '../reading/addresses.ts';
import { type Fields, isFields, lineOf, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { baseOf, filesNamed, folderOf, ourFiles, stemOf } from '../reading/paths.ts';

const OWN_SETTINGS = /^(application|bootstrap)(-[\w-]+)?\.(ya?ml|properties)$/;

/** Settings of Spring applications: their run-time names, and whom they are configured to call. */
export const spring: Detector = {
  id: 'spring',
  detect: (tree) => {
    const own = ourFiles(tree).filter(
      (path) => OWN_SETTINGS.test(baseOf(path)) && /src\/main\/resources\/[^/]+$/.test(path),
    );
    return [...own.flatMap((path) => ownSettings(tree, path)), ...servedSettings(tree)];
  },
};

/** Flat `a.b.c` keys with their values, of all documents of a file. */
export function readSettings(tree: Tree, path: string): [key: string, value: string][] {
  const source = tree.read(path) ?? '';
  if (path.endsWith('.properties')) {
    return source.split('\n').flatMap((line): [string, string][] => {
      const pair = /^\s*([\w.[\]-]+)\s*[=:]\s*(.*?)\s*$/.exec(line);
      return pair?.[1] && pair[2] ? [[pair[1], pair[2]]] : [];
    });
  }
  return (parsed(tree, path, parseYaml) ?? []).flatMap((doc) => (isFields(doc) ? flatten(doc, '') : []));
}

function flatten(node: Fields, prefix: string): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (isFields(value)) return flatten(value, name);
    return list(value).flatMap((item): [string, string][] => {
      if (isFields(item)) return flatten(item, name);
      const plain = text(item);
      return plain === undefined ? [] : [[name, plain]];
    });
  });
}

function ownSettings(tree: Tree, path: string): Finding[] {
  const folder = folderOf(path).replace(/\/?src\/main\/resources$/, '');
  const settings = readSettings(tree, path);
  const name = settings.find(([key]) => key === 'spring.application.name')?.[1];
  const plain = name === undefined ? undefined : (/^\$\{[^:}]+:([^}]+)\}$/.exec(name)?.[1] ?? name);
  const place = tree.place(path, lineOf(tree.read(path) ?? '', (tree.read(path) ?? '').indexOf(name ?? '')));
  const findings: Finding[] = settingTargets(tree, path, { folder }, settings);
  if (plain && !plain.includes('$') && !plain.includes('@')) {
    findings.push({ what: 'component', folder, name: plain, place, confidence: 'found' });
  }
  return findings;
}

function settingTargets(
  tree: Tree,
  path: string,
  from: DependencyFinding['from'],
  settings: readonly [string, string][],
): DependencyFinding[] {
  const seen = new Set<string>();
  return settings.flatMap(([key, value]) => {
    const service = /\.(serviceId|service-id)$/.test(key) ? [{ host: value, protocol: 'http' as const }] : [];
    return [...service, ...settingHosts(key, value)].flatMap(({ host, protocol }): DependencyFinding[] => {
      if (seen.has(host)) return [];
      seen.add(host);
      const finding: DependencyFinding = {
        what: 'dependency',
        from,
        to: host,
        via: `setting ${key} in ${path}`,
        place: tree.place(path),
        confidence: 'found',
      };
      return [protocol ? { ...finding, protocol } : finding];
    });
  });
}

/** Shared settings mean something to an application that has the client library for them. */
const CLIENTS: readonly [setting: RegExp, library: RegExp][] = [
  [/eureka/i, /eureka-client|netflix-eureka/],
  [/rabbitmq/i, /amqp|rabbit|cloud-bus|cloud-starter-stream|stream-/],
  [/oauth2|security/i, /oauth2|jwt/],
  [/datasource/i, /jpa|jdbc|mysql|postgres|r2dbc/],
  [/mongo/i, /mongo/],
  [/redis/i, /redis/],
  [/kafka/i, /kafka/],
  [/zipkin|tracing/i, /zipkin|sleuth|tracing/],
];

function concerns(key: string, build: string | undefined): boolean {
  const client = CLIENTS.find(([setting]) => setting.test(key))?.[1];
  return client === undefined || build === undefined || client.test(build);
}

function buildFileOf(tree: Tree, application: string): string | undefined {
  const path = filesNamed(tree, 'pom.xml', 'build.gradle', 'build.gradle.kts').find(
    (file) => baseOf(folderOf(file)) === application,
  );
  return path === undefined ? undefined : tree.read(path);
}

/**
 * A config server keeps a file per application and hands `application.yml` to all of them, so what
 * these say is said of the applications and not of the server.
 */
function servedSettings(tree: Tree): Finding[] {
  const servers = filesNamed(tree, 'pom.xml', 'build.gradle', 'build.gradle.kts').filter((path) =>
    (tree.read(path) ?? '').includes('spring-cloud-config-server'),
  );
  return servers.flatMap((server) => {
    const resources = [folderOf(server), 'src/main/resources'].filter(Boolean).join('/');
    const served = ourFiles(tree).filter(
      (path) =>
        path.startsWith(`${resources}/`) &&
        folderOf(path) !== resources &&
        /\.(ya?ml|properties)$/.test(path),
    );
    const applications = served.map(stemOf).filter((stem) => !OWN_SETTINGS.test(`${stem}.yml`));
    return served.flatMap((path): Finding[] => {
      const shared = OWN_SETTINGS.test(baseOf(path));
      const settings = readSettings(tree, path);
      if (!shared) return settingTargets(tree, path, { name: stemOf(path) }, settings);
      return applications.flatMap((name) => {
        const build = buildFileOf(tree, name);
        return settingTargets(
          tree,
          path,
          { name },
          settings.filter(([key]) => concerns(key, build)),
        );
      });
    });
  });
}
