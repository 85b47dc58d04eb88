import type { RequestListener } from 'node:http';
import fastifySwagger from '@fastify/swagger';
import {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { AtriumError, type ErrorCode } from '#model/errors.ts';
import { EventStreams, LOOK_EVERY_MS } from './event-streams.ts';
import type { Gate } from './gate.ts';
import { guardRoutes } from './guard.ts';
import { securityHeaders } from './headers.ts';
import { createHttpsServer, type HttpsOptions } from './https.ts';
import { acceptJsonOnly } from './json-body.ts';
import type { Log } from './log.ts';
import { isLoopback } from './loopback.ts';
import { openapiOptions } from './openapi.ts';
import { withoutSecrets } from './secret.ts';

/** Bound of a request's body; descriptors with whole API definitions are the largest that is sent. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;
/** Filters by all groups of a person with many of them are long. */
const LONGEST_URL = 16 * 1024;
const LARGEST_HEADERS_BYTES = 32 * 1024;
const MOST_PARAMETERS = 500;
/** Whoever sends slower than this holds a connection and nothing else. */
const SLOWEST = { headersMs: 15_000, requestMs: 60_000, checkMs: 5000 };
/** Streams of events send a sign of life more often. */
const SILENCE_MS = 120_000;
/** Longer than those of proxies, so that none sends into a connection that ends. */
const KEEP_ALIVE_MS = 72_000;

export interface HttpOptions {
  /** Address under which people reach the portal. */
  url?: string | undefined;
  /** To be reached by https without anybody in front. */
  tls?: HttpsOptions | undefined;
  /** Take the address of a caller from X-Forwarded-For. */
  trustProxy?: boolean;
  /** How long sending a request may take, and how often that is looked at. */
  slowest?: typeof SLOWEST;
  /** How often it is looked at who may still be told of events. */
  lookEveryMs?: number;
}

/** The HTTP server without routes: validation, error answers, the OpenAPI document, and who may do what. */
export async function createHttp(log: Log, gate: Gate, options: HttpOptions = {}): Promise<FastifyInstance> {
  const app = fastify({
    ...serving(log, options),
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY_BYTES,
    // Of the proxy nearest to us; what stands before its word in the header anybody can write.
    trustProxy: options.trustProxy ? (_address, hop) => hop === 0 : false,
    routerOptions: { maxParamLength: 300 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(plainSerializer);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  acceptJsonOnly(app);
  guardRoutes(app, gate);
  app.decorate('eventStreams', new EventStreams(app, gate, options.lookEveryMs ?? LOOK_EVERY_MS));
  const { data, page } = await securityHeaders(isHttpsAlone(options.url));
  app.addHook('onRequest', ({ url }, reply, done) => {
    reply.headers(url.startsWith('/api/') ? data : page);
    done(faultOf(url));
  });
  await app.register(fastifySwagger, openapiOptions);
  app.get('/api/openapi.json', { schema: { hide: true }, config: { permission: 'public' } }, () =>
    app.swagger(),
  );
  return app;
}

/** How the connections of a server are bounded, and what it speaks. */
function serving(log: Log, { tls, slowest = SLOWEST }: HttpOptions) {
  const http = {
    headersTimeout: slowest.headersMs,
    connectionsCheckingInterval: slowest.checkMs,
    maxHeaderSize: LARGEST_HEADERS_BYTES,
  };
  const times = { requestTimeout: slowest.requestMs, keepAliveTimeout: KEEP_ALIVE_MS };
  if (!tls) return { ...times, connectionTimeout: SILENCE_MS, http };
  return {
    serverFactory: (handler: RequestListener) =>
      createHttpsServer(handler, { ...http, ...times }, tls, log).setTimeout(SILENCE_MS),
  };
}

/** Whether browsers are to use nothing else. On a machine of their own other programs have the same name. */
function isHttpsAlone(text: string | undefined): boolean {
  const url = text === undefined ? undefined : new URL(text);
  return url?.protocol === 'https:' && !isLoopback(url.hostname);
}

function faultOf(url: string): AtriumError | undefined {
  if (hasTooMuch(url)) return new AtriumError('PAYLOAD_TOO_LARGE', 'The address is too long');
  // The store can't hold it, and no text has it.
  return url.includes('%00')
    ? new AtriumError('INPUT_INVALID', 'The address holds the character U+0000')
    : undefined;
}

function hasTooMuch(url: string): boolean {
  if (url.length > LONGEST_URL) return true;
  // Only an address that is long enough can hold so many.
  return url.length > 2 * MOST_PARAMETERS && url.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS;
}

/** Answers are described by their schemas and held to them by tests; checking each once more costs a quarter. */
function plainSerializer(): (data: unknown) => string {
  return JSON.stringify;
}

function answerError(error: FastifyError | AtriumError, request: FastifyRequest, reply: FastifyReply): void {
  const known = error instanceof AtriumError ? error : fromFramework(error);
  // Without the query, which may hold what only the two sides should know.
  const path = request.url.split('?', 1)[0];
  if (known.status >= 500) request.log.error({ err: error, path }, 'a request failed');
  sendError(known, request, reply);
}

function fromFramework(error: FastifyError): AtriumError {
  const code: ErrorCode =
    error.statusCode === 413
      ? 'PAYLOAD_TOO_LARGE'
      : (error.statusCode ?? 500) < 500
        ? 'INPUT_INVALID'
        : 'INTERNAL';
  return new AtriumError(code, code === 'INTERNAL' ? 'Something went wrong on our side' : error.message);
}

function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  sendError(
    new AtriumError('ROUTE_NOT_FOUND', `There is no ${request.method} ${request.url}`),
    request,
    reply,
  );
}

/** The shape of errors that clients of the Backstage catalog know, with our code and remedy beside. */
function sendError(error: AtriumError, request: FastifyRequest, reply: FastifyReply): void {
  if (error.retryAfter !== undefined) reply.header('retry-after', error.retryAfter);
  reply.status(error.status).send({
    error: {
      name: error.name,
      message: withoutSecrets(error.message),
      code: error.code,
      remedy: error.remedy,
    },
    request: { method: request.method, url: request.url },
    response: { statusCode: error.status },
  });
}
