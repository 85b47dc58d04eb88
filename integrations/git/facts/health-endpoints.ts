import type { Tree } from '../detector.ts';
import { imageName, imageType } from '../reading/images.ts';
import { looseKey } from '../reading/names.ts';
import { dig, type Fields, fields, isFields, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { baseOf, folderOf, isWithin, joinPath } from '../reading/paths.ts';
import { isBorrowed, MOST_READ } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { judgeStages } from './dockerfile-rules.ts';
import { observation } from './observation.ts';
import { ownDockerfiles } from './own-dockerfiles.ts';
import { ownFiles } from './own-files.ts';
import { FLAG } from './schema-parts.ts';

export const healthEndpoints: FactCollector = {
  name: 'healthEndpoints',
  title: 'Health checks',
  description:
    'Whether it is declared how to see that the component is well: by probes of Kubernetes workloads, Compose or the Dockerfile. Manifests elsewhere in the repository count when they name the folder of the component.',
  schema: {
    type: 'object',
    required: ['declared', 'liveness', 'readiness'],
    properties: {
      declared: { ...FLAG, description: 'Either of them' },
      liveness: { ...FLAG, description: 'A liveness probe, or a health check of Compose or Docker' },
      readiness: { ...FLAG, description: 'A readiness probe' },
    },
  },
  collect(scope) {
    const checks = [...probes(scope), ...composeChecks(scope), ...dockerChecks(scope)];
    const liveness = checks.some((one) => one.liveness);
    const readiness = checks.some((one) => one.readiness);
    return observation({ declared: liveness || readiness, liveness, readiness }, checks[0]?.path);
  },
};

interface Check {
  path: string;
  liveness?: boolean;
  readiness?: boolean;
}

function dockerChecks(scope: Scope): Check[] {
  return ownDockerfiles(scope)
    .filter(({ stages }) => judgeStages(stages).healthcheck)
    .map(({ path }) => ({ path, liveness: true }));
}

const COMPOSE = /(^|\/)(docker-)?compose([._-][\w.-]+)?\.ya?ml$/;

/** Services that are built from the folder of the component, or named as it. */
function composeChecks({ tree, folder, others }: Scope): Check[] {
  const name = looseKey(baseOf(folder));
  const isOwn = (path: string) => isWithin(folder, path) && !others.some((other) => isWithin(other, path));
  const isMeant = (key: string, service: unknown, path: string) => {
    const built = builtFrom(folderOf(path), dig(service, 'build'));
    if (built !== undefined) return isOwn(built);
    const names = [key, text(dig(service, 'container_name')), imageName(text(dig(service, 'image')) ?? '')];
    return name !== '' && names.some((one) => looseKey(one ?? '') === name);
  };
  return tree.files
    .filter((path) => COMPOSE.test(path) && !isBorrowed(path))
    .slice(0, MOST_READ / 4)
    .flatMap((path) => {
      const services = fields(dig(parsed(tree, path, parseYaml)?.[0], 'services'));
      const isChecked = Object.entries(services).some(([key, service]) => {
        const check = dig(service, 'healthcheck');
        return isFields(check) && check.disable !== true && isMeant(key, service, path);
      });
      return isChecked ? [{ path, liveness: true }] : [];
    });
}

function builtFrom(folder: string, build: unknown): string | undefined {
  const context = text(build) ?? (isFields(build) ? (text(build.context) ?? '.') : undefined);
  const dockerfile = text(dig(build, 'dockerfile'));
  if (context === undefined || /[$:]/.test(`${context}${dockerfile ?? ''}`)) return undefined;
  return joinPath(folder, dockerfile?.includes('/') ? `${context}/${folderOf(dockerfile)}` : context);
}

const PROBE = (name: string) => new RegExp(`^[ \\t-]*${name}Probe:(?![ \\t]*(?:\\{\\}|null\\b|~))`, 'm');
const LIVENESS = PROBE('liveness');
const READINESS = PROBE('readiness');

function probes(scope: Scope): Check[] {
  const { tree, folder } = scope;
  const own = ownFiles(scope);
  const name = looseKey(baseOf(folder));
  const isOwn = new Set(own);
  // Those that lie elsewhere are looked at only where they may name the component.
  const elsewhere = name === '' ? [] : tree.files.filter((path) => MANIFEST.test(path) && !isOwn.has(path));
  const isNamed = (path: string) => looseKey(path).includes(name);
  const files = [
    ...own.filter((path) => MANIFEST.test(path)),
    ...elsewhere.filter(isNamed),
    ...elsewhere.filter((path) => !isNamed(path)),
  ];
  return files
    .filter((path) => !isBorrowed(path))
    .slice(0, MOST_READ)
    .flatMap((path) => probesIn(tree, path, isOwn.has(path) ? undefined : name));
}

const MANIFEST = /\.ya?ml$/i;
const known = new WeakMap<Tree, Map<string, Check>>();

/** Which probes a file speaks of, whoever's they are. Many components ask for the same files. */
function mentioned(tree: Tree, path: string): Check {
  const checks = known.get(tree) ?? new Map<string, Check>();
  known.set(tree, checks);
  let check = checks.get(path);
  if (!check) {
    const source = tree.read(path) ?? '';
    const isLikely = source.includes('nessProbe');
    check = {
      path,
      liveness: isLikely && LIVENESS.test(source),
      readiness: isLikely && READINESS.test(source),
    };
    checks.set(path, check);
  }
  return check;
}

/** @param name of the workload that is meant; all of the file when undefined. */
function probesIn(tree: Tree, path: string, name: string | undefined): Check[] {
  const said = mentioned(tree, path);
  if (!said.liveness && !said.readiness) return [];
  const source = tree.read(path) ?? '';
  // Templates and values of charts can't be read as workloads.
  if (source.includes('{{') || !/^kind:/m.test(source))
    return name === undefined ||
      path.split('/').some((part) => looseKey(part.replace(/\.ya?ml$/i, '')) === name)
      ? [said]
      : [];
  const docs = (parsed(tree, path, parseYaml) ?? []).filter(isFields);
  const containers = docs
    .flatMap((doc) => (doc.kind === 'List' ? list(doc.items).filter(isFields) : [doc]))
    .flatMap((doc) => containersOf(doc, name));
  return containers.map((one) => ({
    path,
    liveness: isFields(one.livenessProbe),
    readiness: isFields(one.readinessProbe),
  }));
}

/** Those with code of one's own: a database beside it has probes too. */
function containersOf(doc: Fields, name: string | undefined): Fields[] {
  const spec = dig(doc, 'spec', 'template', 'spec') ?? dig(doc, 'spec');
  const containers = list(dig(spec, 'containers')).filter(isFields);
  const images = containers.map((one) => imageName(text(one.image) ?? ''));
  const labels = fields(dig(doc, 'metadata', 'labels'));
  const names = [dig(doc, 'metadata', 'name'), labels.app, labels['app.kubernetes.io/name'], ...images];
  if (name !== undefined && !names.some((one) => looseKey(text(one) ?? '') === name)) return [];
  return containers.filter(
    (one) =>
      (isFields(one.livenessProbe) || isFields(one.readinessProbe)) &&
      imageType(text(one.image) ?? '') === undefined,
  );
}
