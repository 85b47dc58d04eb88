/** A GitHub on this machine: its documented answers, with real repositories behind them. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Values } from '../step-action.ts';
import { bareRepository, git, gitMaybe } from './git.test-helper.ts';
import { gitRoutes } from './github-git.test-helper.ts';
import { issueRoutes } from './github-issues.test-helper.ts';
import type { TestRepository } from './github-repository.test-helper.ts';
import { type Asked, depsOf, serve, type TestServer, TOKEN, token } from './outside.test-helper.ts';
import { dispatch, found, gone, made, type Routes } from './routes.test-helper.ts';
import { newFolder } from './step.test-helper.ts';

export interface TestGithub extends TestServer {
  repositories: Map<string, TestRepository>;
  deps: ReturnType<typeof depsOf>;
  /** A repository that somebody else made. */
  add(name: string, files?: Record<string, string>): TestRepository;
  git(name: string, ...args: string[]): string;
}

export async function serveGithub(): Promise<TestGithub> {
  const root = newFolder();
  const repositories: TestGithub['repositories'] = new Map();
  const add = (name: string, given: Values = {}, files = {}) => {
    const repository = newRepository(join(root, `${name}.git`), name, given);
    bareRepository(repository.folder, files);
    repositories.set(name, repository);
    return repository;
  };
  const of = (name = '') => repositories.get(name);
  const routes: Routes = {
    ...ownerRoutes(of, add),
    ...repositoryRoutes(of, (name) => repositories.delete(name)),
    ...settingRoutes(of),
    ...gitRoutes((name) => of(name)?.folder ?? ''),
    ...issueRoutes(of),
  };
  const server = await serve((asked) =>
    asked.headers.authorization === `Bearer ${TOKEN}`
      ? dispatch(routes, asked)
      : { status: 401, body: { message: 'Bad credentials' } },
  );
  const hosts = [{ kind: 'github' as const, host: 'git.test', apiUrl: server.url, token }];
  return {
    ...server,
    repositories,
    deps: depsOf({ hosts }),
    add: (name, files = { 'README.md': 'theirs\n' }) => add(name, { description: 'theirs' }, files),
    git: (name, ...args) => git(join(root, `${name}.git`), args),
  };
}

function newRepository(folder: string, name: string, given: Values): TestRepository {
  const data = {
    ...given,
    html_url: `https://git.test/${name}`,
    clone_url: pathToFileURL(folder).href,
    description: typeof given.description === 'string' ? given.description : null,
    topics: [],
    default_branch: 'main',
  };
  const empty = { issues: [], hooks: [] };
  return { folder, data, ...empty, protection: new Map(), environments: new Map(), variables: new Map() };
}

type Of = (name?: string) => TestRepository | undefined;

function ownerRoutes(of: Of, add: (name: string, given: Values) => TestRepository): Routes {
  const create = (owner: string, { body }: Asked) => {
    const name = `${owner}/${String(body.name)}`;
    if (!of(name)) return made(add(name, body).data);
    const errors = [{ message: 'name already exists on this account' }];
    return { status: 422, body: { message: 'Repository creation failed.', errors } };
  };
  return {
    'GET /users/acme': () => found({ type: 'Organization' }),
    'GET /users/ada': () => found({ type: 'User', id: 7 }),
    'GET /orgs/acme/teams/core': () => found({ id: 9 }),
    'POST /orgs/acme/repos': (_at, asked) => create('acme', asked),
    'POST /user/repos': (_at, asked) => create('ada', asked),
  };
}

function repositoryRoutes(of: Of, remove: (name: string) => void): Routes {
  return {
    'GET /repos/:repo': ([name]) => found(of(name)?.data),
    'PATCH /repos/:repo': ([name], { body }) => found(Object.assign(of(name)?.data ?? {}, body)),
    'DELETE /repos/:repo': ([name = '']) => {
      rmSync(of(name)?.folder ?? '', { recursive: true });
      remove(name);
      return gone;
    },
    'PUT /repos/:repo/topics': ([name], { body }) => {
      Object.assign(of(name)?.data ?? {}, { topics: body.names });
      return found(body);
    },
    'PUT /repos/:repo/collaborators/:user': () => gone,
    'PUT /repos/:repo/subscription': () => found({}),
    'PUT /orgs/acme/teams/:team/repos/:repo': () => gone,
    'GET /repos/:repo/commits': ([name]) => {
      const log = gitMaybe(of(name)?.folder ?? '', 'log', '--format=%H', '--all');
      if (!log) return { status: 409, body: { message: 'Git Repository is empty.' } };
      return found(
        log
          .split('\n')
          .slice(0, 2)
          .map((sha) => ({ sha })),
      );
    },
  };
}

function settingRoutes(of: Of): Routes {
  const kept = (path: string, map: 'protection' | 'environments'): Routes => ({
    [`GET ${path}`]: ([name, key = '']) => found(of(name)?.[map].get(key)),
    [`PUT ${path}`]: ([name, key = ''], { body }) => found(of(name)?.[map].set(key, body) && body),
    [`DELETE ${path}`]: ([name, key = '']) => (of(name)?.[map].delete(key) ? gone : undefined),
  });
  const add = (variables: TestRepository['variables'] | undefined, key: string, value: Values) => {
    if (variables?.has(key)) return { status: 409, body: { message: 'Already exists' } };
    variables?.set(key, value);
    return made({});
  };
  return {
    ...kept('/repos/:repo/branches/:branch/protection', 'protection'),
    ...kept('/repos/:repo/environments/:name', 'environments'),
    'POST /repos/:repo/environments/:name/deployment-branch-policies': () => found({}),
    'POST /repos/:repo/actions/variables': ([name], { body }) =>
      add(of(name)?.variables, String(body.name), body),
    'POST /repos/:repo/environments/:env/variables': ([name, env], { body }) =>
      add(of(name)?.variables, `${env}/${String(body.name)}`, body),
    'PATCH /repos/:repo/actions/variables/:key': ([name, key = ''], { body }) => {
      of(name)?.variables.set(key, body);
      return gone;
    },
    'PATCH /repos/:repo/environments/:env/variables/:key': ([name, env, key], { body }) => {
      of(name)?.variables.set(`${env}/${key}`, body);
      return gone;
    },
  };
}
