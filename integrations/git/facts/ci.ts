import { languagesIn } from '../reading/code.ts';
import { folderOf, isWithin } from '../reading/paths.ts';
import { type Pipeline, pipelinesOf } from './ci-pipelines.ts';
import { type Run, runsOf } from './ci-runs.ts';
import type { FactCollector, Scope } from './collector.ts';
import { observation } from './observation.ts';
import { FLAG, TEXTS } from './schema-parts.ts';

/** Names of pipelines elsewhere that say what they do. */
const TESTS_ELSEWHERE = /(^|[^a-z])(tests?|auto-devops)([^a-z]|$)/i;
const BUILDS_ELSEWHERE = /(^|[^a-z])(build|docker|publish|release|auto-devops)([^a-z]|$)/i;

export const ci: FactCollector = {
  name: 'ci',
  title: 'CI',
  description:
    'Which systems have a pipeline for the component, and whether commands in it run tests and build something. Scripts of package.json and targets of Makefiles are followed.',
  schema: {
    type: 'object',
    required: ['present', 'systems', 'runsTests', 'builds'],
    properties: {
      present: FLAG,
      systems: { ...TEXTS, description: '`github-actions`, `gitlab-ci`, `jenkins`, …' },
      runsTests: FLAG,
      builds: FLAG,
    },
  },
  collect(scope) {
    const { tree, folder, others } = scope;
    const languages = languagesIn(tree, folder, others).map(([language]) => language);
    const judged = pipelinesOf(scope).map((pipeline) => ({
      pipeline,
      ...judgePipeline(scope, pipeline, languages),
    }));
    const best = judged.find(({ tests }) => tests) ?? judged.find(({ builds }) => builds) ?? judged[0];
    const details = {
      present: judged.length > 0,
      systems: [...new Set(judged.map(({ pipeline }) => pipeline.system))].sort(),
      runsTests: judged.some(({ tests }) => tests),
      builds: judged.some(({ builds }) => builds),
    };
    return observation(details, best?.pipeline.path);
  },
};

function judgePipeline({ tree, folder }: Scope, { commands, calls }: Pipeline, languages: readonly string[]) {
  const runs = runsOf(tree, commands, folder).filter((run) => concerns(run, folder, languages));
  return {
    tests: runs.some(({ tests }) => tests) || calls.some((name) => TESTS_ELSEWHERE.test(name)),
    builds: runs.some(({ builds }) => builds) || calls.some((name) => BUILDS_ELSEWHERE.test(name)),
  };
}

/** Tests that stand in a folder of their own are for what lies around it. */
const TESTS_FOLDER = /(^|\/)(tests?|e2e|specs?|[\w.]+[-_.]tests?)$/i;

/** What works in the folder of another component, or for another language, does nothing for this one. */
function concerns(run: Run, folder: string, languages: readonly string[]): boolean {
  if (run.languages && languages.length > 0 && !run.languages.some((one) => languages.includes(one)))
    return false;
  let home = run.folder;
  if (home === undefined) return true;
  while (TESTS_FOLDER.test(home)) home = folderOf(home);
  return isWithin(home, folder) || isWithin(folder, home);
}
