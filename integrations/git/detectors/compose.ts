import type { DependencyFinding, Detector, Finding, ResourceFinding, Tree } from '../detector.ts';
import { holdsCode } from '../reading/code.ts';
import { configuredProduct, SHELF } from '../reading/containers.ts';
import { baseImage, imageName, imageType, isHelperImage } from '../reading/images.ts';
import { dig, type Fields, fields, isFields, list, parseYaml, short, text } from '../reading/parse.ts';
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
        const variables = variablesNear(tree, path);
        const source = parseYaml(substitute(tree.read(path) ?? '', variables))[0];
        const services = fields(dig(source, 'services'));
        return Object.entries(services).flatMap(([name, service]) =>
          isFields(service) ? readService(tree, path, name, service) : [],
        );
      }),
};

function readService(tree: Tree, path: string, name: string, service: Fields): Finding[] {
  const image = text(service.image);
  const build = buildOf(tree, folderOf(path), service.build);
  const place = tree.place(path);
  const aliases = [
    text(service.container_name),
    text(service.hostname),
    image && !image.includes('$') && `image:${imageName(image)}`,
  ].filter((alias) => typeof alias === 'string');
  const findings: Finding[] = dependenciesOf(name, service, path, place);
  if (build) findings.push(...builtService(tree, name, aliases, build, place));
  else if (image && !image.includes('$') && !isHelperImage(image))
    findings.push(workload(name, image, aliases, place));
  return findings;
}

/** The `.env` file that compose reads by itself: beside the file, or where it is usually started. */
function variablesNear(tree: Tree, path: string): Map<string, string> {
  const source = tree.read(joinPath(folderOf(path), '.env')) ?? tree.read('.env') ?? '';
  const pairs = [...source.matchAll(/^[ \t]*(?:export\s+)?(\w+)=["']?([^"'#\n]*?)["']?\s*(?:#.*)?$/gm)];
  const variables = new Map(pairs.map((pair): [string, string] => [pair[1] ?? '', short(pair[2]) ?? '']));
  // Values may be made of other values; two rounds are deeper than anyone goes.
  for (let round = 0; round < 2; round += 1) {
    for (const [name, value] of variables) variables.set(name, short(substitute(value, variables)) ?? '');
  }
  return variables;
}

function substitute(source: string, variables: ReadonlyMap<string, string>): string {
  return source.replace(
    /\$\{(\w+)(?::?[-?+]([^${}]*))?\}/g,
    (whole, name: string, fallback: string | undefined) => {
      return variables.get(name) ?? fallback ?? whole;
    },
  );
}

function workload(
  name: string,
  image: string,
  aliases: string[],
  place: ResourceFinding['place'],
): ResourceFinding {
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
  const exists = tree.files.some(
    (file) => file === context || file.startsWith(context === '' ? '' : `${context}/`),
  );
  return exists ? { context, dockerfile } : undefined;
}

/** A service built here is the component of its folder, or a product configured in that folder. */
function builtService(
  tree: Tree,
  name: string,
  aliases: string[],
  build: Build,
  place: Finding['place'],
): Finding[] {
  const near = folderOf(build.dockerfile);
  const folder = near !== build.context && holdsCode(tree, near) ? near : build.context;
  const product = configuredProduct(tree, build.dockerfile);
  if (product) {
    const named = [...aliases, baseOf(folderOf(build.dockerfile))];
    return [
      {
        ...workload(name, product.image, named, place),
        type: product.type,
        description: `built on ${product.image}`,
      },
    ];
  }
  const asWorkload: ResourceFinding = {
    what: 'resource',
    name,
    type: OF_SOURCE,
    aliases: [...aliases, ...(near === build.context ? [] : [baseOf(near)])],
    place,
    confidence: 'found',
  };
  const base = imageType(baseImage(tree.read(build.dockerfile) ?? '') ?? '');
  // A folder of its own with settings only, such as a proxy's: not the code around it.
  const isApart =
    near !== build.context && !holdsCode(tree, near) && !near.split('/').some((part) => SHELF.test(part));
  if (isApart) return [{ ...asWorkload, type: base ?? WORKLOAD, aliases }];
  if (!holdsCode(tree, folder)) return [base ? { ...asWorkload, type: base } : asWorkload];
  return [{ what: 'component', folder, name, aliases, place, confidence: 'found' }, asWorkload];
}

function dependenciesOf(
  name: string,
  service: Fields,
  path: string,
  place: Finding['place'],
): DependencyFinding[] {
  const needed = isFields(service.depends_on) ? Object.keys(service.depends_on) : list(service.depends_on);
  const links = list(service.links).map((link) => String(link).split(':')[0]);
  const declared = [...needed, ...links].flatMap((to): DependencyFinding[] => {
    const target = text(to);
    const via = `depends_on in ${path}`;
    return target === undefined
      ? []
      : [{ what: 'dependency', from: { name }, to: target, via, place, confidence: 'found' }];
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
