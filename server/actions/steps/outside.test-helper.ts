/** What outside actions are tested with: an HTTP server on this machine, real pushes, and a context of a step. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pushFolder } from '#integrations/git/push.ts';
import { type ActionsConfig, actionsConfigSchema } from '../../kernel/actions-config.ts';
import { AddressGuard } from '../../kernel/address-guard.ts';
import { createFetch } from '../../kernel/fetch.ts';
import { Secret } from '../../kernel/secret.ts';
import type { OutsideAction, StepAction, StepContext, Values } from '../step-action.ts';
import type { OutsideStepDeps } from './outside-deps.ts';
import { platformActions } from './platform-actions.ts';
import { type Files, newFolder, write } from './step.test-helper.ts';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  /** Of JSON what it says; else the text. */
  body: Values & { text?: string };
}

export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestServer {
  url: string;
  host: string;
  asked: Asked[];
  /** How often it was asked so; all of the path has to fit. */
  count(method: string, path: RegExp): number;
  /** The next request like that is answered so, once. */
  next(method: string, path: RegExp, answer: Answer): void;
  close(): void;
}

const running: TestServer[] = [];

export function closeServers(): void {
  for (const server of running.splice(0)) server.close();
}

export async function serve(
  answer: (asked: Asked) => Answer | undefined,
  tls?: { key: string; cert: string },
): Promise<TestServer> {
  const asked: Asked[] = [];
  const special: { method: string; path: RegExp; answer: Answer }[] = [];
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const one = await read(request);
    asked.push(one);
    const index = special.findIndex(({ method, path }) => method === one.method && path.test(one.path));
    const [taken] = index < 0 ? [] : special.splice(index, 1);
    const { status = 200, body, headers = {} } = taken?.answer ?? answer(one) ?? notFound;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made: TestServer = {
    url: `${tls ? 'https' : 'http'}://${host}`,
    host,
    asked,
    count: (method, path) =>
      asked.filter((one) => one.method === method && new RegExp(`^(?:${path.source})$`).test(one.path))
        .length,
    next: (method, path, wanted) => void special.push({ method, path, answer: wanted }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  running.push(made);
  return made;
}

/** An address on this machine where nobody answers. */
export async function emptyAddress(): Promise<string> {
  const server = await serve(() => undefined);
  server.close();
  return server.url;
}

export const notFound: Answer = { status: 404, body: { message: 'Not Found' } };

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const { method = 'GET', headers } = request;
  return { method, path: decodeURIComponent(pathname), query: searchParams, headers, body: bodyOf(text) };
}

function bodyOf(text: string): Asked['body'] {
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

/** A configuration with tokens that stand in the environment elsewhere. */
export function configOf(change: Partial<ActionsConfig>): ActionsConfig {
  return { ...actionsConfigSchema.parse({}), ...change };
}

export const TOKEN = 'a-token-of-the-portal';
export const token = new Secret(TOKEN);

export function depsOf(config: Partial<ActionsConfig>): OutsideStepDeps {
  return {
    config: configOf(config),
    fetch: createFetch({ guard: new AddressGuard({ allow: [] }), pause: async () => {} }),
    push: (request) =>
      pushFolder({ address: request.address }, { ...request, at: new Date('2026-01-02T03:04:05Z') }),
  };
}

export function actionOf(actions: readonly StepAction[], id: string): OutsideAction {
  const found = actions.find((one) => one.id === id);
  if (found?.effect !== 'outside') throw new Error(`There is no outside action ${id}`);
  return found;
}

export interface Step {
  plan: () => ReturnType<OutsideAction['plan']>;
  run: () => ReturnType<OutsideAction['run']>;
  /** The output of a run that is done. */
  done: () => Promise<Values>;
  settle: () => ReturnType<NonNullable<OutsideAction['settle']>>;
  undo: (output: Values) => Promise<unknown>;
  missing: () => string | null;
  workspace: string;
  log: string[];
}

export interface StepOptions {
  files?: Files;
  key?: string;
  now?: () => Date;
}

/** One step of one run, ready to be planned, run, settled and taken back. */
export function stepOf(
  deps: OutsideStepDeps,
  id: string,
  input: Values,
  { files = {}, key = 'run-1/step', now }: StepOptions = {},
): Step {
  const action = actionOf(platformActions(deps, now), id);
  const workspace = newFolder();
  write(workspace, files);
  const log: string[] = [];
  const entity = { apiVersion: 'scaffolder.backstage.io/v1beta3', kind: 'Template', metadata: { name: 't' } };
  const context: StepContext = {
    input,
    workspace,
    key,
    runId: 'run-1',
    user: { ref: 'user:default/ada', entity: null },
    template: { ref: 'template:default/t', entity },
    entity: null,
    log: { info: (message) => log.push(message), warn: (message) => log.push(`warning: ${message}`) },
    signal: new AbortController().signal,
  };
  return {
    workspace,
    log,
    plan: () => action.plan(context),
    run: () => action.run(context),
    async done() {
      const outcome = await action.run(context);
      if (!('output' in outcome)) throw new Error(outcome.wait);
      return outcome.output;
    },
    settle: async () => (await action.settle?.(context)) ?? 'unknown',
    undo: async (output) => action.undo?.run(context, output),
    missing: () => action.missing?.() ?? null,
  };
}
