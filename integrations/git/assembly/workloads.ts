import type { ResourceFinding, Tree } from '../detector.ts';
import { imageType, isHelperImage } from '../reading/images.ts';
import { entityName, looseKey, nameKey } from '../reading/names.ts';
import { JOB, OF_SOURCE, WORKLOAD } from '../reading/workloads.ts';
import { type Group, keysOf, looseKeysOf, type Said } from './groups.ts';
import type { FoundResource } from './inventory.ts';

interface Known {
  group: Group;
  keys: Set<string>;
  loose: Set<string>;
}

/**
 * Tells the workloads that run a component of this repository from those that run something else. The
 * first lend it their names; the second are resources.
 */
export function placeWorkloads(
  tree: Tree,
  groups: readonly Group[],
  said: readonly Said<ResourceFinding>[],
): FoundResource[] {
  const known = groups.map((group): Known => {
    const keys = keysOf(tree, group);
    return { group, keys, loose: looseKeysOf(keys) };
  });
  const left = said.filter(({ by, finding }) => {
    const match = by === 'terraform' ? undefined : componentOf(finding, known);
    if (!match) return finding.type !== OF_SOURCE && finding.type !== JOB;
    for (const alias of [finding.name, ...(finding.aliases ?? [])]) match.group.aliases.add(alias);
    if (finding.type !== JOB) match.group.runtime.push({ by, name: finding.name });
    return false;
  });
  return mergeResources(left);
}

function imageOf(finding: ResourceFinding): string | undefined {
  return finding.aliases?.find((alias) => alias.startsWith('image:'))?.slice(6);
}

function componentOf(finding: ResourceFinding, known: readonly Known[]): Known | undefined {
  const image = imageOf(finding);
  const isSource = [WORKLOAD, OF_SOURCE, JOB, 'proxy'].includes(finding.type);
  // An image that is named just like a product is the product, whatever a folder here is called.
  const isProduct =
    !isSource && (image === undefined || imageType(image.replace(/.*[-_.]/, '')) === finding.type);
  if (isProduct && !(image?.includes('-') && known.some(({ keys }) => keys.has(nameKey(image)))))
    return undefined;
  const names = [
    image,
    ...(finding.aliases ?? []).filter((alias) => !alias.includes(':')),
    finding.name,
  ].filter((name) => name !== undefined && !isHelperImage(name)) as string[];
  for (const name of names) {
    // An image that several folders build, told apart by tag or setting, names none of them.
    const exact = onlyOne(known.filter(({ keys }) => keys.has(nameKey(name))));
    if (exact) return exact;
  }
  if (isProduct || finding.type === 'proxy') return undefined;
  for (const name of names) {
    const loose = onlyOne(known.filter((one) => one.loose.has(looseKey(name))));
    if (loose) return loose;
  }
  const tail =
    image && onlyOne(known.filter(({ keys }) => [...keys].some((key) => isTail(nameKey(image), key))));
  return (
    tail ||
    onlyOne(
      known.filter(({ loose }) =>
        [...loose].some((key) => names.some((name) => stem(key) === stem(looseKey(name)))),
      ),
    )
  );
}

/** Last resort: `cartservice` runs the only `cart` there is. */
function stem(loose: string): string {
  const short = loose.replace(/(service|svc|server|app|api|web)$/, '');
  return short.length < 3 ? loose : short;
}

/** `shop-frontend` is the image of `frontend`. */
function isTail(image: string, key: string): boolean {
  return key.length > 1 && (image.endsWith(`-${key}`) || image.endsWith(`_${key}`));
}

function onlyOne<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function mergeResources(said: readonly Said<ResourceFinding>[]): FoundResource[] {
  const merged = new Map<string, FoundResource>();
  const running = said.filter(({ by }) => by !== 'dockerfile');
  const built = said.filter(
    ({ by, finding }) => by === 'dockerfile' && !running.some((other) => runs(other.finding, finding.name)),
  );
  for (const { finding } of [...running, ...built]) {
    const name = entityName(finding.name);
    const known = merged.get(nameKey(name));
    if (!known) {
      merged.set(nameKey(name), {
        name,
        aliases: [...new Set(finding.aliases ?? [])],
        type: finding.type,
        ...(finding.description ? { description: finding.description } : {}),
        owners: undefined,
        place: finding.place,
        confidence: finding.type === WORKLOAD ? 'guess' : finding.confidence,
      });
      continue;
    }
    known.aliases = [...new Set([...known.aliases, ...(finding.aliases ?? [])])];
    if (known.type === WORKLOAD) known.type = finding.type;
  }
  return [...merged.values()];
}

/** Whether a workload runs the image that is built in a folder of that name. */
function runs(workload: ResourceFinding, folder: string): boolean {
  return [workload.name, ...(workload.aliases ?? [])].some((alias) => {
    const plain = nameKey(alias.replace(/^image:/, ''));
    return plain === nameKey(folder) || plain.endsWith(`-${nameKey(folder)}`);
  });
}
