import type { Values } from '../step-action.ts';

/** What GitHub has of a repository, as the tests play it. */
export interface TestRepository {
  folder: string;
  data: Values & { topics: string[]; description: string | null };
  /** Pull requests are among them. */
  issues: Values[];
  hooks: Values[];
  protection: Map<string, Values>;
  environments: Map<string, Values>;
  variables: Map<string, Values>;
}
