/** The English message catalogue: every word that the app says of itself. */
import { accessMessages } from './messages/access.ts';
import { actionsMessages } from './messages/actions.ts';
import { catalogMessages } from './messages/catalog.ts';
import { entityMessages } from './messages/entity.ts';
import { graphMessages } from './messages/graph.ts';
import { ownershipMessages } from './messages/ownership.ts';
import { reviewMessages, sourcesMessages, teamsMessages } from './messages/pillars.ts';
import { homeMessages, kitMessages, shellMessages } from './messages/shell.ts';

export const messages = {
  ...kitMessages,
  shell: shellMessages,
  home: homeMessages,
  catalog: catalogMessages,
  entity: entityMessages,
  graph: graphMessages,
  teams: teamsMessages,
  sources: sourcesMessages,
  review: reviewMessages,
  access: accessMessages,
  ownership: ownershipMessages,
  actions: actionsMessages,
} as const;
