/** All integrations that Atrium has. The server knows them only from here. */
import type { Integration } from '#model/integration.ts';
import { git } from './git/index.ts';
import { pagerduty } from './pagerduty/index.ts';
import { prometheus } from './prometheus/index.ts';

/** The configuration of a source is checked against its integration's schema before `create` sees it. */
export const integrations: readonly Integration[] = [
  git as Integration,
  pagerduty as Integration,
  prometheus as Integration,
];

/** What documentation is read by, and what step actions do with repositories. */
export { fileTools, repositoryTools } from './git/index.ts';
