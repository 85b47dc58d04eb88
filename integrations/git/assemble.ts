import { within } from '#model/time-limit.ts';
import { apisOf, linkApis } from './assembly/apis.ts';
import { componentsOf, ownersOf } from './assembly/components.ts';
import { groupByFolder, type Said } from './assembly/groups.ts';
import type { FoundComponent, FoundResource, RepositoryInventory } from './assembly/inventory.ts';
import { placeWorkloads } from './assembly/workloads.ts';
import type { DependencyFinding, Detector, Finding, Tree } from './detector.ts';
import { detectors as allDetectors } from './detectors/index.ts';
import { nameKey } from './reading/names.ts';
import { ancestry } from './reading/paths.ts';

export type {
  FoundApi,
  FoundComponent,
  FoundOwners,
  FoundResource,
  RepositoryInventory,
} from './assembly/inventory.ts';
export { type ResolvedDependency, resolveDependencies } from './assembly/resolve.ts';

type Kind = Finding['what'];
type Of<K extends Kind> = Extract<Finding, { what: K }>;

/**
 * What one repository holds, merged from all that the detectors saw in it.
 * @param patience milliseconds for each detector; without it they take the time they need.
 */
export function assembleTree(
  tree: Tree,
  detectors: readonly Detector[] = allDetectors,
  patience?: number,
): RepositoryInventory {
  const said = detectors.flatMap((detector) => saidBy(detector, tree, patience));
  const of = <K extends Kind>(what: K): Said<Of<K>>[] =>
    said.filter((one): one is Said<Of<K>> => one.finding.what === what);
  const bare = <K extends Kind>(what: K): Of<K>[] => of(what).map(({ finding }) => finding);

  const owners = bare('owner');
  const groups = groupByFolder(tree, of('component'));
  const placed = placeWorkloads(tree, groups, of('resource'));
  const components = componentsOf(tree, groups, owners, bare('ci'));
  const apis = apisOf(bare('api'), owners);
  linkApis(tree, components, apis);
  // A library may share its name with the product that it speaks to; a program that runs may not.
  const programs = components.filter(({ type }) => type !== 'library');
  const taken = new Set(programs.map(({ name }) => nameKey(name)));
  const resources = placed.filter(({ name }) => !taken.has(nameKey(name)));
  for (const resource of resources) resource.owners = ownersOf('', owners);
  return {
    repository: tree.name,
    components,
    apis,
    resources,
    dependencies: bare('dependency').flatMap((finding) => attribute(finding, components, resources)),
  };
}

/** A detector that fails on some strange file, or for ever, costs its own findings and not the repository's. */
function saidBy(detector: Detector, tree: Tree, patience: number | undefined): Said<Finding>[] {
  try {
    const detect = () => detector.detect(tree);
    const findings = patience === undefined ? detect() : within(patience, detect);
    return findings.map((finding) => ({ by: detector.id, finding }));
  } catch {
    return [];
  }
}

/** Says a dependency of the component or resource that has it; a file of none of them has none. */
function attribute(
  finding: DependencyFinding,
  components: readonly FoundComponent[],
  resources: readonly FoundResource[],
): DependencyFinding[] {
  if ('folder' in finding.from) {
    const chain = ancestry(finding.from.folder);
    const path = finding.place.path ?? '';
    const owner = [path, ...chain].flatMap((at) => components.find(({ folder }) => folder === at) ?? [])[0];
    return owner ? [{ ...finding, from: { name: owner.name } }] : [];
  }
  const key = nameKey(finding.from.name);
  const known = [...components, ...resources];
  const owner =
    known.find(({ name }) => nameKey(name) === key) ??
    known.find(({ aliases }) => aliases.some((alias) => nameKey(alias) === key));
  return [owner ? { ...finding, from: { name: owner.name } } : finding];
}
