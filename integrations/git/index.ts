/** Reads descriptors, and what can be found without them, from git repositories and plain folders. */
import type { Integration } from '#model/integration.ts';
import type { RepositoryTools } from '#model/repositories.ts';
import { atHand } from './at-hand.ts';
import { checkOut } from './checkout.ts';
import { configSchema, type GitConfig } from './config.ts';
import { declaredFacts } from './discovered-facts.ts';
import { Estate } from './estate.ts';
import { ensureBareRepository, pushFolder, removeBareRepository, removeBranch } from './push.ts';
import { watchEstate } from './watch.ts';

export type { GitConfig } from './config.ts';
export { fileTools } from './files-at.ts';

export const git: Integration<GitConfig> = {
  id: 'git',
  title: 'Git repositories and folders',
  configSchema,
  facts: declaredFacts,
  create(config) {
    const estate = new Estate(config);
    return {
      read: (context) => estate.exclusive(() => estate.read(context)),
      watch: (context) => watchEstate(estate, context),
      find: (address) =>
        atHand(
          [...estate.states.values()].map(({ repository }) => repository),
          address,
        ),
      propose: (change) => estate.propose(change),
    };
  },
};

export const repositoryTools: RepositoryTools = {
  checkOut,
  push: pushFolder,
  make: ensureBareRepository,
  remove: removeBareRepository,
  removeBranch,
};
