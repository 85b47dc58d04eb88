import type { DependencyFinding, Detector, Finding, ResourceFinding, Tree } from '../detector.ts';
import { languagesIn } from '../reading/code.ts';
import { baseImage, imageName, imageType, isHelperImage } from '../reading/images.ts';
import { dig, type Fields, fields, isFields, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { baseOf, folderOf, joinPath, ourFiles } from '../reading/paths.ts';
import { argumentSettings, OF_SOURCE, settingDependencies, WORKLOAD } from '../reading/workloads.ts';

const COMPOSE_FILE = /^(docker-)?(compose|stack)([._-][\w.-]+)?\.ya?ml$/;
const FOR_TESTS = /[._-](tests?|ci|e2e)\.ya?ml$/;

export const compose: Detector = {
  id: 'compose',
  detect: (tree) =>
    ourFiles(tree)
      .filter((path) => COMPOSE_FILE.test(baseOf(path)) && !FOR_TESTS.test(path))
      .flatMap((path) => {
        const services = fields(dig(parsed(tree, path, parseYaml)?.[0], 'services'));
        return Object.entries(services).flatMap(([name, service]) =>
          isFields(service) ? readService(tree, path, name, service) : [],
        );
      }),
};

function readService(tree: Tree, path: string, name: string, service: Fields): Finding[] {
  const image = text(service.image);
  const build = buildOf(tree, folderOf(path), service.build);
  const place = tree.place(path);
  const aliases = [text(service.container_name), text(service.hostname), image && imageName(image)].filter((alias) => alias !== undefined);
  const findings: Finding[] = dependenciesOf(name, service, path, place);
  if (build) findings.push(...builtService(tree, name, aliases, build, place));
  else if (image && !isHelperImage(image)) findings.push(workload(name, image, aliases, place));
  return findings;
}

function workload(name: string, image: string, aliases: string[], place: ResourceFinding['place']): ResourceFinding {
  const type = imageType(image) ?? WORKLOAD;
  return { what: 'resource', name, type, aliases, description: `runs ${image}`, place, confidence: 'found' };
}

interface Build {
  context: string;
  dockerfile: string;
}

function buildOf(tree: Tree, folder: string, build: unknown): Build | undefined {
  const given = text(build) ?? (isFields(build) ? (text(build.context) ?? '.') : undefined);
  if (given === undefined || /^(https?:|git@|\$)/.test(given)) return undefined;
  const context = joinPath(folder, given);
  const dockerfile = joinPath(context, text(dig(build, 'dockerfile')) ?? 'Dockerfile');
  const exists = tree.files.some((file) => file === context || file.startsWith(context === '' ? '' : `${context}/`));
  return exists ? { context, dockerfile } : undefined;
}

/** A service built here is the component of its folder, or a product configured in that folder. */
function builtService(tree: Tree, name: string, aliases: string[], build: Build, place: Finding['place']): Finding[] {
  const near = folderOf(build.dockerfile);
  const folder = near !== build.context && languagesIn(tree, near).length > 0 ? near : build.context;
  const base = baseImage(tree.read(build.dockerfile) ?? '');
  const software = base === undefined ? undefined : imageType(base);
  if (base && software && software !== 'proxy' && languagesIn(tree, folder).length === 0) {
    return [{ ...workload(name, base, [...aliases, baseOf(folder)], place), description: `built on ${base}` }];
  }
  const asWorkload: ResourceFinding = {
    what: 'resource',
    name,
    type: OF_SOURCE,
    aliases: [...aliases, ...(near === build.context ? [] : [baseOf(near)])],
    place,
    confidence: 'found',
  };
  if (languagesIn(tree, folder).length === 0) return [asWorkload];
  return [{ what: 'component', folder, name, aliases, place, confidence: 'found' }, asWorkload];
}

function dependenciesOf(name: string, service: Fields, path: string, place: Finding['place']): DependencyFinding[] {
  const needed = isFields(service.depends_on) ? Object.keys(service.depends_on) : list(service.depends_on);
  const links = list(service.links).map((link) => String(link).split(':')[0]);
  const declared = [...needed, ...links].flatMap((to): DependencyFinding[] => {
    const target = text(to);
    const via = `depends_on in ${path}`;
    return target === undefined ? [] : [{ what: 'dependency', from: { name }, to: target, via, place, confidence: 'found' }];
  });
  return [...declared, ...settingDependencies(name, settingsOf(service), path, place)];
}

function settingsOf(service: Fields): [string, string][] {
  const pairs: [string, string][] = isFields(service.environment)
    ? Object.entries(service.environment).map(([key, value]) => [key, text(value) ?? ''])
    : list(service.environment).map((entry) => {
        const line = String(entry);
        const equals = line.indexOf('=');
        return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
      });
  const command = typeof service.command === 'string' ? service.command.split(/\s+/) : list(service.command);
  return [...pairs, ...argumentSettings(command)];
}
