/** How routes are described: their schemas, what a caller must be allowed to do, and how it shows who it is. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

const credentials = [{ bearer: [] }, { cookie: [] }];

export const openapiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: { title: 'Atrium', version: '0.1.0' },
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of a person or a machine' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-atrium', description: 'A session' },
      },
    },
  },
  transform: (document) => {
    const { schema, url } = jsonSchemaTransform(document);
    const permission = document.route.config?.permission;
    if (permission === undefined) return { schema, url };
    const security = permission === 'public' ? [] : credentials;
    return { schema: { ...schema, security, 'x-permission': permission }, url };
  },
  transformObject: jsonSchemaTransformObject,
};
