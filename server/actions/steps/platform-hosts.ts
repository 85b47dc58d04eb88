/** The hosts of repositories that the configuration names, and what templates call a repository at one of them. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { ActionsConfig, HostConfig } from '../../kernel/actions-config.ts';
import type { StepContext } from '../step-action.ts';
import { token } from './inputs.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { Rest, type RestTarget } from './rest.ts';

type Kind = HostConfig['kind'];

const titles: Record<Kind, string> = { github: 'GitHub', gitlab: 'GitLab' };
const usual: Record<Kind, string> = { github: 'github.com', gitlab: 'gitlab.com' };

/** What every action of a repository takes. */
export const repositoryInput = {
  repoUrl: z.string().min(1).describe('`HOST?owner=OWNER&repo=NAME`, as a RepoUrlPicker gives it'),
  token: token.describe('Used instead of the token that is configured for the host'),
};

export interface RepositoryName {
  host: string;
  owner: string;
  repo: string;
}

export interface Connection extends RepositoryName {
  rest: Rest;
  token: string;
}

/** @throws {AtriumError} STEP_FAILED */
export function readRepoUrl(text: string): RepositoryName {
  const url = URL.parse(`https://${text.replace(/^https?:\/\//, '')}`);
  const owner = url?.searchParams.get('owner') ?? '';
  const repo = url?.searchParams.get('repo') ?? '';
  const isName = (part: string) => /^[\w.-]+$/.test(part) && part !== '.' && part !== '..';
  if (!url?.host || !isName(repo) || !owner.split('/').every(isName)) {
    throw new AtriumError(
      'STEP_FAILED',
      `repoUrl has to be like github.com?owner=OWNER&repo=NAME, not ${text}`,
    );
  }
  return { host: url.host, owner, repo };
}

/** Says what to set, when no host of the kind is configured. */
export const missingHost = (config: ActionsConfig, kind: Kind) => () =>
  config.hosts.some((host) => host.kind === kind) ? null : whatToSet(kind, usual[kind]);

function whatToSet(kind: Kind, host: string): string {
  const entry = `{ kind: ${kind}, host: ${host}, token: { env: ${kind.toUpperCase()}_TOKEN } }`;
  return `${titles[kind]} at ${host} is not configured: add ${entry} to actions.hosts in the configuration file`;
}

/** @throws {AtriumError} STEP_FAILED when the host is not configured. */
export function connect(
  { config, fetch }: Pick<OutsideStepDeps, 'config' | 'fetch'>,
  kind: Kind,
  { repoUrl, token: own }: { repoUrl: string; token?: string | false | undefined },
  { signal }: Pick<StepContext, 'signal'>,
): Connection {
  const name = readRepoUrl(repoUrl);
  const host = config.hosts.find((one) => one.kind === kind && one.host === name.host);
  if (!host) throw new AtriumError('STEP_FAILED', whatToSet(kind, name.host));
  const password = own || host.token.reveal();
  return { ...name, token: password, rest: new Rest(fetch, targetOf(host, password), signal) };
}

function targetOf({ kind, host, apiUrl }: HostConfig, password: string): RestTarget {
  const base = (apiUrl ?? usualApi(kind, host)).replace(/\/+$/, '');
  // GitLab takes a private token so as well; this header is the one that is kept from other origins.
  const authorization = `Bearer ${password}`;
  if (kind === 'gitlab') return { name: host, base, headers: { authorization } };
  const accept = 'application/vnd.github+json';
  return { name: host, base, headers: { authorization, accept, 'x-github-api-version': '2022-11-28' } };
}

function usualApi(kind: Kind, host: string): string {
  if (kind === 'gitlab') return `https://${host}/api/v4`;
  return host === usual.github ? 'https://api.github.com' : `https://${host}/api/v3`;
}
