import type { Tree } from '../detector.ts';
import { imageName } from '../reading/images.ts';
import { looseKey } from '../reading/names.ts';
import { dig, fields, isFields, parsed, parseYaml, text } from '../reading/parse.ts';
import { baseOf, folderOf, isWithin, joinPath } from '../reading/paths.ts';
import { isBorrowed, MOST_READ } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { judgeStages } from './dockerfile-rules.ts';
import { observation } from './observation.ts';
import { ownDockerfiles } from './own-dockerfiles.ts';
import { type WorkloadFile, workloadFiles, workloadsIn } from './own-workloads.ts';
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
  return workloadFiles(scope).flatMap((file) => probesIn(scope.tree, file));
}

function probesIn(tree: Tree, file: WorkloadFile): Check[] {
  const { path, source, isTemplate } = file;
  if (!source.includes('nessProbe')) return [];
  const said = { path, liveness: LIVENESS.test(source), readiness: READINESS.test(source) };
  if (!said.liveness && !said.readiness) return [];
  if (isTemplate) return [said];
  return workloadsIn(tree, file)
    .flatMap(({ containers }) => containers)
    .map((one) => ({
      path,
      liveness: isFields(one.livenessProbe),
      readiness: isFields(one.readinessProbe),
    }))
    .filter((one) => one.liveness || one.readiness);
}
