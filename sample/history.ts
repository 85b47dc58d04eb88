/** When each sample repository came to be: who changed which files, and how long ago. */

import { commerce } from './history/commerce.ts';
import { engineering } from './history/engineering.ts';
import { finance } from './history/finance.ts';
import { operations } from './history/operations.ts';
import type { RepositoryHistory } from './history/shape.ts';

export type { RepositoryHistory } from './history/shape.ts';

export const histories: readonly RepositoryHistory[] = [
  ...engineering,
  ...commerce,
  ...finance,
  ...operations,
];
