/** The step actions that templates of this portal can use, save those that need the runs themselves. */
import { join, sep } from 'node:path';
import type { Kysely } from 'kysely';
import type { Entity } from '#model/entity.ts';
import type { SourceGuard } from '#model/integration.ts';
import type { RepositoryTools } from '#model/repositories.ts';
import {
  type CheckOutRequest,
  createFetchTree,
  LocalTarget,
  loadStepActions,
  openWorkFolder,
  ownActions,
  platformActions,
  type Registry,
  type Renderer,
  type StepAction,
  workspaceActions,
} from './actions/index.ts';
import { type CatalogTables, createEntityReader, type ResponseCache } from './catalog/index.ts';
import type { ActionsConfig } from './kernel/actions-config.ts';
import type { Fetch } from './kernel/fetch.ts';
import type { Log } from './kernel/log.ts';
import { portalRepositories } from './portal-repositories.ts';
import type { SourceManager } from './sources/index.ts';

export interface StepActionDeps {
  db: Kysely<CatalogTables>;
  cache: ResponseCache;
  manager: SourceManager;
  config: ActionsConfig;
  dataDir: string;
  /** Nobody signs in: whoever sits at the machine may run programs on it anyway. */
  isLocal: boolean;
  fetch: Fetch;
  guard: SourceGuard;
  registry: Registry;
  repositoryTools: RepositoryTools;
  renderer: Renderer;
  log: Log;
  now: () => Date;
}

const LOCAL_REFUSED =
  'Programs of templates are not run on this machine: set actions.local to true if they may, or deploy elsewhere';

export async function portalStepActions(deps: StepActionDeps) {
  const { config, dataDir, fetch, guard, registry, renderer, log, now } = deps;
  const workDir = openWorkFolder(join(dataDir, 'work'));
  const planSources = join(workDir, 'plan-sources');
  const readEntities = entityReader(deps);
  const mayRunHere = config.local ?? deps.isLocal;
  const local = new LocalTarget({
    folder: join(dataDir, 'deployments'),
    refused: mayRunHere ? null : LOCAL_REFUSED,
    log,
  });
  const repositories = portalRepositories({
    folder: repositoriesFolder(dataDir),
    guard,
    tools: deps.repositoryTools,
    now,
  });
  const fetchTree = createFetchTree({ ...treeAccess(deps, planSources), workDir });
  const list: StepAction[] = [
    ...workspaceActions({ renderer, fetchTree, readEntities }),
    ...ownActions({ config, fetch, repositories, registry, local, workDir }),
    ...platformActions({ config, fetch, push: (request) => repositories.push(request) }),
    ...(await loadStepActions(config.steps)),
  ];
  return { list, local, workDir, planSources, readEntities };
}

/** Bare repositories that templates make on this machine. */
export function repositoriesFolder(dataDir: string): string {
  return join(dataDir, 'repositories');
}

function entityReader({ db, cache }: Pick<StepActionDeps, 'db' | 'cache'>) {
  const reader = createEntityReader(db, cache);
  return async (refs: readonly string[]) =>
    (await reader.read(refs)).map((json): Entity | null => (json ? JSON.parse(json.toString()) : null));
}

/** What templates may read: what sources have read, what is public, and what was sent along with them. */
function treeAccess({ manager, guard, fetch, repositoryTools }: StepActionDeps, planSources: string) {
  return {
    find: (address: string) => manager.find(address),
    mayRead: (path: string) => (path.startsWith(planSources + sep) ? path : guard.path(path)),
    checkOut: ({ repository: address, place, folder, token, signal, known }: CheckOutRequest) => {
      const credentials = token === undefined ? {} : { credentials: { token: { reveal: () => token } } };
      // What a source reads anyway was the operator's word; any other address is a template's.
      const remote = { address, ...(known ? {} : { guard }), ...credentials };
      return repositoryTools.checkOut(remote, place, folder, signal);
    },
    fetch,
  };
}
