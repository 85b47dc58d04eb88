/** Checks before something is registered: of a location, and of a single entity. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { z } from 'zod';
import type { Problem } from '#model/contribution.ts';
import { parseLocationRef } from '#model/locations.ts';
import { validateEntity } from '#model/validate.ts';
import { analyzeLocation } from './analyze-location.ts';
import * as contract from './backstage-contract.ts';
import type { BackstageDeps } from './backstage-deps.ts';
import { sendJson, toJson } from './json-reply.ts';
import { checkLocation } from './locations.ts';

const tags = ['catalog'];

export function registerAnalysis(app: FastifyInstance, deps: BackstageDeps): void {
  app.post<{ Body: z.infer<typeof contract.analyzeBodySchema> }>(
    '/analyze-location',
    {
      config: { permission: 'catalog.location.analyze' },
      schema: {
        tags,
        summary: 'What registering a location would bring',
        body: contract.analyzeBodySchema,
        response: { 200: contract.analysisSchema },
      },
    },
    async (request, reply) => {
      const location = checkLocation(request.body.location);
      const { catalogFileName, catalogFilename } = request.body;
      const fileName = catalogFileName ?? catalogFilename;
      const readings = await deps.readLocation(location.type, location.target, fileName);
      return sendJson(reply, toJson(await analyzeLocation(deps.db, location, readings)));
    },
  );
}

export function registerValidation(app: FastifyInstance, deps: BackstageDeps): void {
  app.post<{ Body: z.infer<typeof contract.validateBodySchema> }>(
    '/validate-entity',
    {
      config: { permission: 'catalog.entity.validate' },
      schema: {
        tags,
        summary: 'Checks an entity',
        body: contract.validateBodySchema,
        response: { 400: contract.validationErrorsSchema },
      },
    },
    async (request, reply) => {
      const { entity, location } = request.body;
      const { problems } = validateEntity(entity, deps.kinds);
      const errors = [...locationErrors(location), ...problems.filter(isError).map(toErrorItem)];
      return errors.length > 0 ? sendErrors(reply, errors) : reply.code(200).send();
    },
  );
}

interface ErrorItem {
  name: string;
  message: string;
  field?: string;
}

function sendErrors(reply: FastifyReply, errors: ErrorItem[]): FastifyReply {
  return sendJson(reply.code(400), toJson({ errors }));
}

function isError({ level }: Problem): boolean {
  return level === 'error';
}

function toErrorItem({ message, remedy, field }: Problem): ErrorItem {
  return { name: 'InputError', message: `${message}. ${remedy}`, ...(field && { field }) };
}

function locationErrors(text: string): ErrorItem[] {
  try {
    const { type } = parseLocationRef(text);
    return type === 'url'
      ? []
      : [{ name: 'TypeError', message: `Invalid location ref "${text}", only "url:<target>" is supported` }];
  } catch (error) {
    return [{ name: 'TypeError', message: error instanceof Error ? error.message : String(error) }];
  }
}
