/** What is wrong with an OpenAPI document, or better said in it. */
import { dig, type Fields, fields, isFields, list, text } from '../reading/parse.ts';
import { KeyLines } from './key-lines.ts';

export interface ApiProblem {
  line?: number | undefined;
  level: 'error' | 'warning';
  rule: string;
  message: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** Anchors of YAML can make very many out of few. */
const MOST_OPERATIONS = 5000;
const MOST_PARAMETERS = 200;

interface Operation {
  path: string;
  method: string;
  operation: Fields;
  /** Of the path, for all its operations. */
  shared: unknown;
  line: number | undefined;
}

/** Errors are what tools stumble over; warnings are what readers miss. */
export function judgeApi(api: Fields, source: string): ApiProblem[] {
  const lines = new KeyLines(source);
  const operations = operationsOf(api, lines);
  return [
    ...judgeInfo(api, lines),
    ...operations.flatMap((one) => judgeOperation(api, one)),
    ...judgeIds(operations),
    ...judgeSecurity(api, operations),
    ...judgeRefs(api, source),
  ];
}

function operationsOf(api: Fields, lines: KeyLines): Operation[] {
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(fields(api.paths))) {
    if (!path.startsWith('/') || !isFields(item)) continue;
    const start = lines.first(path);
    for (const method of METHODS) {
      const operation = item[method];
      if (!isFields(operation)) continue;
      const line = start === undefined ? undefined : lines.after(method, start);
      found.push({ path, method, operation, shared: item.parameters, line });
      if (found.length === MOST_OPERATIONS) return found;
    }
  }
  return found;
}

function judgeInfo(api: Fields, lines: KeyLines): ApiProblem[] {
  const line = lines.first('info');
  const lacks = (name: string) => text(dig(api, 'info', name)) === undefined;
  const servers = list(api.servers).some((server) => text(dig(server, 'url')) !== undefined);
  const found: ApiProblem[] = [];
  if (lacks('title'))
    found.push({ line, level: 'error', rule: 'info-title', message: 'The API has no title' });
  if (lacks('version'))
    found.push({ line, level: 'error', rule: 'info-version', message: 'The API has no version' });
  if (lacks('description'))
    found.push({ line, level: 'warning', rule: 'info-description', message: 'The API has no description' });
  if (!servers && text(api.host) === undefined) {
    const message = 'No server is named: nobody can tell where to reach the API';
    found.push({ line: lines.first('servers'), level: 'warning', rule: 'server-present', message });
  }
  return found;
}

function judgeOperation(api: Fields, one: Operation): ApiProblem[] {
  const { path, method, operation, line } = one;
  const name = `${method.toUpperCase()} ${path}`;
  const found: ApiProblem[] = [];
  const add = (level: ApiProblem['level'], rule: string, message: string) =>
    found.push({ line, level, rule, message: `${name}: ${message}` });
  const codes = Object.keys(fields(operation.responses));
  if (codes.length === 0) add('error', 'responses-present', 'no response is described');
  else if (!codes.some((code) => /^4(\d\d|XX)$/i.test(code) || code === 'default'))
    add('warning', 'client-error-response', 'no response with a 4xx status is described');
  if (text(operation.operationId) === undefined) add('warning', 'operation-id', 'it has no operationId');
  if (text(operation.summary) === undefined && text(operation.description) === undefined)
    add('warning', 'operation-described', 'it has neither a summary nor a description');
  for (const missing of undeclared(api, one))
    add('error', 'path-parameter-declared', `the path parameter ${missing} is not declared`);
  return found;
}

/** Parameters in the path that nothing describes. What another file describes can't be told. */
function undeclared(api: Fields, { path, operation, shared }: Operation): string[] {
  const declared = [...list(shared), ...list(operation.parameters)]
    .slice(0, MOST_PARAMETERS)
    .map((parameter) => behindRef(api, parameter));
  if (declared.includes(undefined)) return [];
  const names = new Set(
    declared.flatMap((parameter) => (dig(parameter, 'in') === 'path' ? [dig(parameter, 'name')] : [])),
  );
  return [...path.matchAll(/\{([^{}]{1,100})\}/g)].flatMap(([, name]) =>
    name && !names.has(name) ? [name] : [],
  );
}

function behindRef(api: Fields, value: unknown): unknown {
  const ref = text(dig(value, '$ref'));
  return ref === undefined ? value : resolve(api, ref);
}

function judgeIds(operations: readonly Operation[]): ApiProblem[] {
  const seen = new Set<string>();
  return operations.flatMap(({ operation, method, path, line }) => {
    const id = text(operation.operationId);
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    const message = `${method.toUpperCase()} ${path}: another operation is called ${id.slice(0, 100)} too`;
    return [{ line, level: 'error' as const, rule: 'operation-id-unique', message }];
  });
}

/** That no sign-in is needed can be said too: `security: []`. */
function judgeSecurity(api: Fields, operations: readonly Operation[]): ApiProblem[] {
  const isSaid =
    api.security !== undefined || operations.some(({ operation }) => operation.security !== undefined);
  if (isSaid || operations.length === 0) return [];
  const message = 'It does not say who may call it: no security is declared';
  return [{ level: 'warning', rule: 'security-declared', message }];
}

const MOST_NODES = 200_000;
/** References whose place is looked up. */
const MOST_PLACED = 50;

function judgeRefs(api: Fields, source: string): ApiProblem[] {
  const missing = [...refsOf(api)].filter((ref) => resolve(api, ref) === undefined);
  return missing.map((ref, index) => {
    const at = index < MOST_PLACED ? source.indexOf(ref) : -1;
    const line = at === -1 ? undefined : source.slice(0, at).split('\n').length;
    return {
      line,
      level: 'error',
      rule: 'ref-resolves',
      message: `${ref.slice(0, 200)} is not in this document`,
    };
  });
}

/** References within the document. */
function refsOf(api: Fields): Set<string> {
  const refs = new Set<string>();
  const seen = new Set<unknown>();
  const pending: unknown[] = [api];
  while (pending.length > 0 && seen.size < MOST_NODES) {
    const node = pending.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const ref = isFields(node) ? node.$ref : undefined;
    if (typeof ref === 'string' && ref.startsWith('#/')) refs.add(ref);
    // Examples may hold anything.
    for (const [key, value] of Object.entries(node))
      if (key !== 'example' && key !== 'examples') pending.push(value);
  }
  return refs;
}

function resolve(api: Fields, ref: string): unknown {
  if (!ref.startsWith('#/')) return undefined;
  let at: unknown = api;
  for (const part of ref.slice(2).split('/').slice(0, 50)) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null ? (at as Fields)[key] : undefined;
  }
  return at;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
