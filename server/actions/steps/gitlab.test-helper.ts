/** A GitLab on this machine: its documented answers, with real repositories behind them. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Values } from '../step-action.ts';
import { bareRepository, git, gitMaybe, writeTree } from './git.test-helper.ts';
import { type Asked, depsOf, serve, type TestServer, TOKEN, token } from './outside.test-helper.ts';
import { dispatch, found, gone, made, type Routes } from './routes.test-helper.ts';
import { newFolder } from './step.test-helper.ts';

export interface TestProject {
  folder: string;
  data: Values & { id: number };
  requests: Values[];
  variables: Map<string, Values>;
  protected: string[];
}

export interface TestGitlab extends TestServer {
  projects: Map<string, TestProject>;
  deps: ReturnType<typeof depsOf>;
  /** A project that somebody else made. */
  add(name: string, files?: Record<string, string>): TestProject;
}

export async function serveGitlab(): Promise<TestGitlab> {
  const root = newFolder();
  const projects: TestGitlab['projects'] = new Map();
  const add = (name: string, given: Values = {}, files = {}) => {
    const folder = join(root, `${name}.git`);
    bareRepository(folder, files);
    const address = { http_url_to_repo: pathToFileURL(folder).href, path_with_namespace: name };
    const data = { topics: [], ...given, ...address, id: projects.size + 1, default_branch: 'main' };
    const project = { folder, data, requests: [], variables: new Map(), protected: [] };
    projects.set(name, project);
    return project;
  };
  const of = (name = '') =>
    projects.get(name) ?? [...projects.values()].find(({ data }) => String(data.id) === name);
  const routes: Routes = {
    ...repositoryRoutes(of),
    ...requestRoutes(of),
    ...projectRoutes(of, projects, add),
  };
  const server = await serve((asked) =>
    asked.headers.authorization === `Bearer ${TOKEN}`
      ? dispatch(routes, asked)
      : { status: 401, body: { message: '401 Unauthorized' } },
  );
  const hosts = [{ kind: 'gitlab' as const, host: 'lab.test', apiUrl: server.url, token }];
  return {
    ...server,
    projects,
    deps: depsOf({ hosts }),
    add: (name, files = { 'README.md': 'theirs\n' }) => add(name, {}, files),
  };
}

type Of = (name?: string) => TestProject | undefined;

function projectRoutes(
  of: Of,
  projects: TestGitlab['projects'],
  add: (name: string, given: Values) => TestProject,
): Routes {
  return {
    'GET /namespaces/acme/tools': () => found({ id: 4 }),
    'POST /projects': (_at, { body }) => {
      const name = `acme/tools/${String(body.path)}`;
      if (!projects.has(name)) return made(add(name, body).data);
      return { status: 400, body: { message: { path: ['has already been taken'] } } };
    },
    'POST /projects/:id/variables': ([id], { body }) =>
      made(of(id)?.variables.set(String(body.key), body) && body),
    'GET /projects/:id/variables/:key': ([id, key = '']) => found(of(id)?.variables.get(key)),
    'PUT /projects/:id/variables/:key': ([id, key = ''], { body }) =>
      found(of(id)?.variables.set(key, body) && body),
    'POST /projects/:id/protected_branches': ([id], { body }) => {
      of(id)?.protected.push(String(body.name));
      return made({});
    },
    'DELETE /projects/:id': ([id]) => {
      const project = of(id);
      if (!project) return undefined;
      rmSync(project.folder, { recursive: true });
      projects.delete(String(project.data.path_with_namespace));
      return { status: 202, body: { message: '202 Accepted' } };
    },
    'GET /projects/:rest': ([name]) => found(of(name)?.data),
  };
}

function repositoryRoutes(of: Of): Routes {
  const folderOf = (id?: string) => of(id)?.folder ?? '';
  return {
    'GET /projects/:id/repository/commits': ([id]) => {
      const log = gitMaybe(folderOf(id), 'log', '--format=%H', '--all');
      return log
        ? found(
            log
              .split('\n')
              .slice(0, 2)
              .map((sha) => ({ id: sha })),
          )
        : undefined;
    },
    'POST /projects/:id/repository/commits': ([id], asked) => commit(folderOf(id), asked),
    'GET /projects/:id/repository/tree': ([id], { query }) => {
      const names = git(folderOf(id), ['ls-tree', '-r', '--name-only', query.get('ref') ?? '']).split('\n');
      return found(names.map((path) => ({ path, type: 'blob' })));
    },
    'POST /projects/:id/repository/branches': ([id], { body }) => {
      git(folderOf(id), ['branch', String(body.branch), String(body.ref)]);
      return made({});
    },
    'GET /projects/:id/repository/branches/:rest': ([id, branch]) => {
      const [sha, ...message] =
        gitMaybe(folderOf(id), 'log', '-1', '--format=%H%n%B', `refs/heads/${branch}`)?.split('\n') ?? [];
      return sha ? found({ commit: { id: sha, message: message.join('\n') } }) : undefined;
    },
    'DELETE /projects/:id/repository/branches/:rest': ([id, branch]) => {
      git(folderOf(id), ['branch', '-D', String(branch)]);
      return gone;
    },
  };
}

interface CommitAction {
  action: string;
  file_path: string;
  content?: string;
  execute_filemode?: boolean;
}

function commit(folder: string, { body }: Asked) {
  const parent = git(folder, ['rev-parse', `refs/heads/${String(body.start_branch ?? body.branch)}`]);
  const there = git(folder, ['ls-tree', '-r', '--name-only', parent]).split('\n');
  const actions = body.actions as CommitAction[];
  const wrong = actions.find(({ action, file_path }) => (action === 'create') === there.includes(file_path));
  if (wrong) return { status: 400, body: { message: `${wrong.file_path} can’t be ${wrong.action}d` } };
  const entries = actions.map(({ action, file_path: path, content = '', execute_filemode }) => ({
    path,
    mode: execute_filemode ? '100755' : '100644',
    ...(action === 'delete' ? { sha: null } : { content: Buffer.from(content, 'base64') }),
  }));
  const tree = writeTree(folder, parent, entries);
  const input = String(body.commit_message);
  const sha = git(folder, ['commit-tree', tree, '-p', parent, '-F', '-'], { input });
  git(folder, ['update-ref', `refs/heads/${String(body.branch)}`, sha]);
  return made({ id: sha });
}

function requestRoutes(of: Of): Routes {
  return {
    'GET /users': (_at, { query }) => found(query.get('username') === 'ada' ? [{ id: 7 }] : []),
    'GET /projects/:id/merge_requests': ([id], { query }) =>
      found(of(id)?.requests.filter((one) => one.source_branch === query.get('source_branch'))),
    'POST /projects/:id/merge_requests': ([id], { body }) => {
      const requests = of(id)?.requests ?? [];
      const iid = requests.length + 1;
      const web_url = `https://lab.test/${String(of(id)?.data.path_with_namespace)}/-/merge_requests/${iid}`;
      requests.push({ ...body, iid, web_url, state: 'opened' });
      return made(requests.at(-1));
    },
    'PUT /projects/:id/merge_requests/:iid': ([id, iid], { body }) => {
      const request = of(id)?.requests.find((one) => one.iid === Number(iid));
      return found(
        request && Object.assign(request, body.state_event === 'close' ? { state: 'closed' } : body),
      );
    },
  };
}
