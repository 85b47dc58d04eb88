/** The step actions that need no account anywhere. */
import type { StepAction } from '../step-action.ts';
import { catalogRefresh } from './catalog-refresh.ts';
import { catalogRegister } from './catalog-register.ts';
import { deployLocal } from './deploy-local.ts';
import { gitCommit } from './git-commit.ts';
import { httpRequest } from './http-request.ts';
import type { OwnStepDeps } from './outside-deps.ts';
import { pipelineRun } from './pipeline-run.ts';
import { publishGit } from './publish-git.ts';

export function ownActions(deps: OwnStepDeps): StepAction[] {
  return [
    publishGit,
    gitCommit,
    catalogRegister,
    catalogRefresh,
    httpRequest,
    pipelineRun,
    deployLocal,
  ].flatMap((make) => make(deps));
}
