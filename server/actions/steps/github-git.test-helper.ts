/** GitHub's Git database API on top of a real repository. */
import { git, gitMaybe, type TreeEntry, writeTree } from './git.test-helper.ts';
import { found, gone, made, type Routes } from './routes.test-helper.ts';

export function gitRoutes(folderOf: (name?: string) => string): Routes {
  return { ...objectRoutes(folderOf), ...refRoutes(folderOf) };
}

function objectRoutes(folderOf: (name?: string) => string): Routes {
  return {
    'GET /repos/:repo/git/commits/:sha': ([name, sha = '']) => {
      const [tree, ...message] = git(folderOf(name), ['log', '-1', '--format=%T%n%B', sha]).split('\n');
      return found({ sha, message: message.join('\n'), tree: { sha: tree } });
    },
    'GET /repos/:repo/git/trees/:sha': ([name, sha = '']) => {
      const paths = git(folderOf(name), ['ls-tree', '-r', '--name-only', sha]).split('\n');
      return found({ tree: paths.map((path) => ({ path })) });
    },
    'POST /repos/:repo/git/blobs': ([name], { body }) => {
      const input = Buffer.from(String(body.content), 'base64');
      return made({ sha: git(folderOf(name), ['hash-object', '-w', '--stdin'], { input }) });
    },
    'POST /repos/:repo/git/trees': ([name], { body }) =>
      made({ sha: writeTree(folderOf(name), String(body.base_tree), body.tree as TreeEntry[]) }),
    'POST /repos/:repo/git/commits': ([name], { body }) => {
      const [parent = ''] = body.parents as string[];
      const args = ['commit-tree', String(body.tree), '-p', parent, '-F', '-'];
      const author = body.author as { name: string; email: string };
      const env = { GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email };
      return made({ sha: git(folderOf(name), args, { input: String(body.message), env }) });
    },
  };
}

function refRoutes(folderOf: (name?: string) => string): Routes {
  return {
    'GET /repos/:repo/git/ref/:rest': ([name, ref]) => {
      const sha = gitMaybe(folderOf(name), 'rev-parse', '--verify', '--quiet', `refs/${ref}`);
      return sha ? found({ object: { sha } }) : undefined;
    },
    'POST /repos/:repo/git/refs': ([name], { body }) => {
      const isNew = ['update-ref', String(body.ref), String(body.sha), '0'.repeat(40)];
      if (gitMaybe(folderOf(name), ...isNew) !== undefined) return made({});
      return { status: 422, body: { message: 'Reference already exists' } };
    },
    'PATCH /repos/:repo/git/refs/:rest': ([name, ref], { body }) => {
      git(folderOf(name), ['update-ref', `refs/${ref}`, String(body.sha)]);
      return found({});
    },
    'DELETE /repos/:repo/git/refs/:rest': ([name, ref]) => {
      git(folderOf(name), ['update-ref', '-d', `refs/${ref}`]);
      return gone;
    },
  };
}
