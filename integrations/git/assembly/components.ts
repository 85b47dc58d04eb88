import type { CiFinding, ComponentFinding, OwnerFinding, Tree } from '../detector.ts';
import { languagesIn, servesPages } from '../reading/code.ts';
import { entityName, looseKey, nameKey, shortName } from '../reading/names.ts';
import { ancestry, baseOf, folderName, folderOf, isWithin } from '../reading/paths.ts';
import type { Group } from './groups.ts';
import type { FoundComponent, FoundOwners } from './inventory.ts';

/** Whose name for a running thing counts, most first. */
const RUNTIME_ORDER = ['spring', 'kubernetes', 'compose', 'helm'];
const LOAD_OR_SEED =
  /(^|[-_.])(load-?(gen|test|generator)\w*|seed(-data|er)?|migrations?|migrator|cli|ctl)$|loadgenerator$/i;

export function componentsOf(
  tree: Tree,
  groups: readonly Group[],
  owners: readonly OwnerFinding[],
  ci: readonly CiFinding[],
): FoundComponent[] {
  const folders = groups.map(({ folder }) => folder);
  const components = groups.map((group) => componentOf(tree, group, folders));
  for (const component of components) {
    component.owners = ownersOf(component.folder, owners);
    component.ci = pipelinesOf(component.folder, ci);
  }
  return distinctNames(tree, components);
}

function componentOf(tree: Tree, group: Group, folders: readonly string[]): FoundComponent {
  const main = mainFinding(tree, group, folders);
  const name = entityName(nameOf(tree, group, main));
  const framework = main.framework ?? group.said.find(({ finding }) => finding.framework)?.finding.framework;
  const language = main.language ?? languageIn(tree, group.folder, folders);
  const description = group.said.map(({ finding }) => finding.description).find((text) => text !== undefined);
  const said = group.said.flatMap(({ finding }) => (finding.name ? [finding.name] : []));
  const aliases = new Set([
    ...group.aliases,
    ...said,
    ...group.runtime.map((run) => run.name),
    folderName(tree, group.folder),
  ]);
  aliases.delete(name);
  return {
    name,
    aliases: [...aliases],
    type: typeOf(tree, group, main, name),
    ...(language ? { language } : {}),
    ...(framework ? { framework } : {}),
    folder: group.folder,
    ...(description ? { description } : {}),
    tags: [...new Set(group.said.flatMap(({ finding }) => finding.tags ?? []))],
    owners: undefined,
    ci: [],
    place: main.place,
    confidence: 'found',
    provides: [],
    consumes: [],
  };
}

/** What most of the code is written in; that of the pages counts where there is no other. */
function languageIn(tree: Tree, folder: string, folders: readonly string[]): string | undefined {
  return (languagesIn(tree, folder, folders)[0] ?? languagesIn(tree, folder, folders, true)[0])?.[0];
}

/** Several manifests in one folder: the one whose language most of the code there is written in. */
function mainFinding(tree: Tree, group: Group, folders: readonly string[]): ComponentFinding {
  const manifests = group.said.filter(
    ({ by }) => !['aspire', 'compose', 'dockerfile', 'spring'].includes(by),
  );
  const first = manifests[0] ?? group.said[0];
  if (!first) throw new Error(`nothing was said of ${group.folder}`);
  const pipeline = manifests.find(({ finding }) => finding.type === 'pipeline');
  if (pipeline) return pipeline.finding;
  if (manifests.length < 2) return first.finding;
  const counts = new Map(languagesIn(tree, group.folder, folders));
  const weight = ({ finding }: { finding: ComponentFinding }): number =>
    counts.get(finding.language ?? '') ?? 0;
  return [...manifests].sort((a, b) => weight(b) - weight(a))[0]?.finding ?? first.finding;
}

function nameOf(tree: Tree, group: Group, main: ComponentFinding): string {
  const folder = folderName(tree, group.folder);
  const named = group.said.filter(({ by, finding }) => RUNTIME_ORDER.includes(by) && finding.name);
  const runtime = [...group.runtime, ...named.map(({ by, finding }) => ({ by, name: finding.name ?? '' }))];
  const own = [main.name, folder]
    .filter((name) => name !== undefined)
    .map((name) => nameKey(shortName(name)));
  const agreed = runtime.find((run) => own.includes(nameKey(run.name)));
  if (agreed) return agreed.name;
  for (const by of RUNTIME_ORDER) {
    const names = [...new Set(runtime.filter((run) => run.by === by).map((run) => run.name))];
    if (names.length === 1 && names[0] !== undefined) return names[0];
    // One program under several names, each with other settings: none of them is its own name.
    if (names.length > 1) break;
  }
  const declared = main.name === undefined ? undefined : shortName(main.name);
  // `acme-shop-cart` in a folder `cart`: the prefix says where it belongs, not what it is called.
  const isFolder =
    declared === undefined ||
    looseKey(declared) === looseKey(folder) ||
    nameKey(declared).endsWith(`-${nameKey(folder)}`);
  return isFolder ? folder : declared;
}

function typeOf(tree: Tree, group: Group, main: ComponentFinding, name: string): FoundComponent['type'] {
  const said = main.type ?? group.said.find(({ finding }) => finding.type)?.finding.type;
  const runs =
    group.runtime.length > 0 ||
    group.said.some(({ by }) => by === 'aspire' || by === 'compose' || by === 'spring');
  if (said === 'pipeline' || said === 'mobile-app' || said === 'website') return said;
  if (LOAD_OR_SEED.test(name) || main.framework === 'Locust') return 'tool';
  const type = said === undefined ? 'service' : runs && said === 'library' ? 'service' : said;
  // What calls itself a gateway, an API or a server serves programs first, and pages on the side.
  const isBackend = /(^|[-_.])(gateway|api|server|backend)$/i.test(name);
  return type === 'service' && !isBackend && servesPages(tree, group.folder) ? 'website' : type;
}

/** The word of the nearest folder above counts, even when it says that nobody owns it. */
export function ownersOf(folder: string, owners: readonly OwnerFinding[]): FoundOwners | undefined {
  for (const at of ancestry(folder)) {
    const nearest = owners.find((finding) => finding.folder === at);
    if (!nearest) continue;
    if (nearest.owners.length === 0) return undefined;
    const { place, confidence, note } = nearest;
    return { names: nearest.owners, place, confidence, ...(note ? { note } : {}) };
  }
  return undefined;
}

function pipelinesOf(folder: string, ci: readonly CiFinding[]): CiFinding[] {
  const own = ci.filter(
    (one) => one.folder !== '' && (isWithin(folder, one.folder) || isWithin(one.folder, folder)),
  );
  return own.length > 0 && folder !== ''
    ? own
    : ci.filter((one) => one.folder === '' || isWithin(folder, one.folder));
}

/** Two components of one name each take the folder above theirs in front. */
function distinctNames(tree: Tree, components: FoundComponent[]): FoundComponent[] {
  const byName = Map.groupBy(components, ({ name }) => nameKey(name));
  for (const same of byName.values()) {
    if (same.length < 2) continue;
    const used = new Set<string>();
    for (const component of same) {
      const plain = component.name;
      const above = baseOf(folderOf(component.folder));
      const own = folderName(tree, component.folder);
      const candidates = [own, `${above}-${own}`, component.folder.replaceAll('/', '-')].map(entityName);
      component.name =
        candidates.find(
          (name) =>
            !used.has(nameKey(name)) && (!byName.has(nameKey(name)) || nameKey(name) === nameKey(plain)),
        ) ?? plain;
      used.add(nameKey(component.name));
      if (component.name !== plain) component.aliases = [...component.aliases, plain];
    }
  }
  return components;
}
