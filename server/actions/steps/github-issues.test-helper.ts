/** Issues, pull requests, webhooks and workflows of the GitHub that tests use. */
import type { Values } from '../step-action.ts';
import type { TestRepository } from './github-repository.test-helper.ts';
import type { Answer, Asked } from './outside.test-helper.ts';
import { found, gone, made, type Routes } from './routes.test-helper.ts';

type Of = (name?: string) => TestRepository | undefined;

export function issueRoutes(of: Of): Routes {
  const open = (kind: 'issues' | 'pull', name: string | undefined, given: Values): Answer => {
    const issues = of(name)?.issues ?? [];
    const number = issues.length + 1;
    const issue = { number, html_url: `https://git.test/${name}/${kind}/${number}`, state: 'open', ...given };
    issues.unshift(issue);
    return made(issue);
  };
  const change = ([name, number]: string[], { body }: Asked) => {
    const issue = of(name)?.issues.find((one) => one.number === Number(number));
    return found(issue && Object.assign(issue, body));
  };
  return {
    'GET /repos/:repo/issues': ([name]) => found(of(name)?.issues),
    'POST /repos/:repo/issues': ([name], { body }) => open('issues', name, body),
    'PATCH /repos/:repo/issues/:number': change,
    'POST /repos/:repo/issues/:number/labels': () => found([]),
    'POST /repos/:repo/issues/:number/assignees': () => made({}),
    'GET /repos/:repo/pulls': ([name], { query }) => {
      const [, branch] = query.get('head')?.split(':') ?? [];
      return found(of(name)?.issues.filter((one) => one.branch === branch));
    },
    'POST /repos/:repo/pulls': ([name], { body }) =>
      open('pull', name, { ...body, branch: body.head, base: { ref: body.base }, merged_at: null }),
    'PATCH /repos/:repo/pulls/:number': change,
    'POST /repos/:repo/pulls/:number/requested_reviewers': () => made({}),
    'POST /repos/:repo/actions/workflows/:id/dispatches': () => gone,
    ...hookRoutes(of),
  };
}

function hookRoutes(of: Of): Routes {
  const hookOf = (name?: string, id?: string) => of(name)?.hooks.find((one) => one.id === Number(id));
  return {
    'GET /repos/:repo/hooks': ([name]) => found(of(name)?.hooks),
    'POST /repos/:repo/hooks': ([name], { body }) => {
      const hooks = of(name)?.hooks ?? [];
      hooks.push({ ...body, id: hooks.length + 1 });
      return made(hooks.at(-1));
    },
    'PATCH /repos/:repo/hooks/:id': ([name, id], { body }) =>
      found(Object.assign(hookOf(name, id) ?? {}, body)),
    'DELETE /repos/:repo/hooks/:id': ([name, id]) => {
      const hooks = of(name)?.hooks ?? [];
      const index = hooks.findIndex((one) => one.id === Number(id));
      if (index >= 0) hooks.splice(index, 1);
      return index >= 0 ? gone : undefined;
    },
  };
}
