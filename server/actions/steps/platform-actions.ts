/** The step actions that do something at GitHub, GitLab, Kubernetes, Jenkins and Slack. */
import type { StepAction } from '../step-action.ts';
import { githubActionsDispatch } from './github-dispatch.ts';
import { githubEnvironment } from './github-environment.ts';
import { githubIssuesCreate, githubIssuesLabel } from './github-issues.ts';
import { githubBranchProtection } from './github-protection.ts';
import { githubPullRequest } from './github-pull-request.ts';
import { githubWebhook } from './github-webhook.ts';
import { gitlabMergeRequest } from './gitlab-merge-request.ts';
import { jenkinsBuild } from './jenkins-build.ts';
import { kubernetesApply } from './kubernetes-apply.ts';
import { kubernetesWait } from './kubernetes-wait.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { githubRepoCreate, githubRepoPush, publishGithub } from './publish-github.ts';
import { publishGitlab } from './publish-gitlab.ts';
import { slackMessage } from './slack-message.ts';

/** All of them are there whatever is configured; `missing` says what is not. */
export function platformActions(deps: OutsideStepDeps, now = () => new Date()): StepAction[] {
  return [
    ...publishGithub(deps),
    ...githubRepoCreate(deps),
    ...githubRepoPush(deps),
    ...githubPullRequest(deps),
    ...githubBranchProtection(deps),
    ...githubEnvironment(deps),
    ...githubIssuesCreate(deps),
    ...githubIssuesLabel(deps),
    ...githubWebhook(deps),
    ...githubActionsDispatch(deps),
    ...publishGitlab(deps),
    ...gitlabMergeRequest(deps),
    ...kubernetesApply(deps),
    ...kubernetesWait(deps, now),
    ...jenkinsBuild(deps, now),
    ...slackMessage(deps),
  ];
}
