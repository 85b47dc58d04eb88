/** A remote repository behind HTTP on this machine, as git's own server program answers it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gitIn, newFolder, newRepository } from './source.test-helper.ts';

export interface HttpRemote {
  port: number;
  /** The work tree that is served as `/repo.git`. */
  folder: string;
  requests: IncomingMessage[];
  close(): void;
}

export interface HttpRemoteOptions {
  files: Record<string, string>;
  /** Address to listen on. */
  host?: string;
  port?: number;
  /** `user:password` that must be shown. */
  login?: string;
  /** Where requests are sent on to. */
  redirect?: (path: string) => string | undefined;
}

export async function serveRepository(options: HttpRemoteOptions): Promise<HttpRemote> {
  const { files, host = '127.0.0.1', port = 0 } = options;
  const root = newFolder();
  const folder = `${root}/repo.git`;
  newRepository(folder, files);
  gitIn(folder, 'config', 'uploadpack.allowFilter', 'true');
  gitIn(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response, root, options);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, folder, requests, close };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  { login, redirect }: HttpRemoteOptions,
): void {
  const location = redirect?.(request.url ?? '');
  if (location) {
    response.writeHead(301, { location }).end();
    return;
  }
  const wanted = login && `Basic ${Buffer.from(login).toString('base64')}`;
  if (wanted && request.headers.authorization !== wanted) {
    // A server that repeats what it was given, as some do.
    const said = `Not allowed: ${request.headers.authorization ?? 'nobody'}`;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"', 'content-type': 'text/plain' });
    response.end(said);
    return;
  }
  backend(request, response, root);
}

/** The Common Gateway Interface in as much of it as `git http-backend` needs. */
function backend(request: IncomingMessage, response: ServerResponse, root: string): void {
  const { pathname, search } = new URL(request.url ?? '', 'http://x');
  const child = spawn('git', ['-c', 'safe.directory=*', 'http-backend'], {
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'],
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => {});
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('close', () => {
    const bytes = Buffer.concat(chunks);
    const end = bytes.indexOf('\r\n\r\n');
    const lines = bytes.subarray(0, Math.max(end, 0)).toString().split('\r\n');
    let status = 200;
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(line) ?? [];
      if (name === 'Status') status = Number(value.slice(0, 3));
      else if (name) response.setHeader(name, value);
    }
    response.writeHead(status).end(bytes.subarray(end + 4));
  });
}
