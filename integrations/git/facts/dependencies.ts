import type { FactCollector } from './collector.ts';
import { lockOf } from './lock-files.ts';
import { type Manifest, manifestsOf } from './manifest.ts';
import { observation } from './observation.ts';
import { COUNT, DATE, FLAG, TEXTS } from './schema-parts.ts';

export const dependencies: FactCollector = {
  name: 'dependencies',
  title: 'Dependencies',
  description:
    'What the manifests of the component ask for, and whether the versions that it gets are written down: in a lock file, or, for Maven, Gradle and NuGet, because every manifest asks for one version only.',
  schema: {
    type: 'object',
    required: ['manifests', 'locked', 'lockFiles', 'direct', 'pinned'],
    properties: {
      manifests: COUNT,
      locked: { ...FLAG, description: 'Every manifest that asks for something is' },
      lockFiles: { ...TEXTS, description: 'Their paths' },
      direct: { ...COUNT, description: 'Packages that the manifests name, those for development included' },
      pinned: { ...COUNT, description: 'Those of which they name one version' },
      lastCommit: { ...DATE, description: 'Of the lock file that was changed last' },
    },
  },
  collect(scope) {
    const manifests = manifestsOf(scope);
    if (manifests.length === 0) return undefined;
    const locks = manifests.map((manifest) => ({ manifest, lock: lockOf(scope.tree, manifest) }));
    const lockFiles = [...new Set(locks.flatMap(({ lock }) => lock ?? []))].sort();
    const packages = manifests.flatMap((manifest) => manifest.packages);
    const loose = locks.find(({ manifest, lock }) => lock === undefined && !needsNone(manifest));
    const dates = lockFiles.flatMap((path) => scope.lastCommit(path) ?? []).sort();
    const details = {
      manifests: manifests.length,
      locked: loose === undefined,
      lockFiles,
      direct: packages.length,
      pinned: packages.filter(({ exact }) => exact).length,
      lastCommit: dates.at(-1),
    };
    return observation(details, loose?.manifest.path ?? manifests[0]?.path);
  },
};

function needsNone({ ecosystem, packages }: Manifest): boolean {
  const isResolvedAlike = ecosystem === 'maven' || ecosystem === 'nuget';
  return packages.length === 0 || (isResolvedAlike && packages.every(({ exact }) => exact));
}
