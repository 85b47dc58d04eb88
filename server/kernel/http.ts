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
import { jsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import { AtriumError, type ErrorCode } from '#model/errors.ts';
import type { Gate } from './gate.ts';
import { guardRoutes } from './guard.ts';
import type { Log } from './log.ts';

/** Bound of a request's body; descriptors with whole API definitions are the largest that is sent. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

/** The HTTP server without routes: validation, error answers, the OpenAPI document, and who may do what. */
export async function createHttp(log: Log, gate: Gate): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: LARGEST_BODY_BYTES,
    routerOptions: { maxParamLength: 300 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(plainSerializer);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  guardRoutes(app, gate);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    done();
  });
  await app.register(fastifySwagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Atrium', version: '0.1.0' } },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  app.get('/api/openapi.json', { schema: { hide: true }, config: { permission: 'public' } }, () =>
    app.swagger(),
  );
  return app;
}

/** Answers are described by their schemas and held to them by tests; checking each once more costs a quarter. */
function plainSerializer(): (data: unknown) => string {
  return JSON.stringify;
}

function answerError(error: FastifyError | AtriumError, request: FastifyRequest, reply: FastifyReply): void {
  const known = error instanceof AtriumError ? error : fromFramework(error);
  if (known.status >= 500) request.log.error({ err: error, url: request.url }, 'a request failed');
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
  reply.status(error.status).send({
    error: { name: error.name, message: error.message, code: error.code, remedy: error.remedy },
    request: { method: request.method, url: request.url },
    response: { statusCode: error.status },
  });
}
