/** Chooses the reader by what the API says it is, and by what its document looks like. */
import type { ApiReference } from './model.ts';

/** @throws {Error} with a message for people when the definition cannot be read. */
export async function readDefinition(type: string, definition: string): Promise<ApiReference> {
  const kind = type.toLowerCase();
  if (kind === 'graphql') return (await import('./graphql.ts')).readGraphql(definition);
  if (kind === 'grpc' || kind === 'protobuf' || /^\s*syntax\s*=/m.test(definition)) {
    return (await import('./protobuf.ts')).readProtobuf(definition);
  }
  const [{ parse }, { isDoc }] = await Promise.all([import('yaml'), import('./document.ts')]);
  const document: unknown = parse(definition, { maxAliasCount: 200 });
  if (isDoc(document) && (document.openapi !== undefined || document.swagger !== undefined)) {
    return (await import('./openapi.ts')).readOpenApi(document);
  }
  if (isDoc(document) && document.asyncapi !== undefined) {
    return (await import('./asyncapi.ts')).readAsyncApi(document);
  }
  throw new Error('It is neither OpenAPI, Swagger, AsyncAPI, GraphQL nor protobuf');
}
