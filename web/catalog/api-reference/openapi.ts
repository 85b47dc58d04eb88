/** OpenAPI 3 and Swagger 2. */
import { type Doc, docOf, listOf, resolve, textOf } from './document.ts';
import { schemaField } from './json-schema.ts';
import {
  type ApiBody,
  type ApiField,
  type ApiGroup,
  type ApiOperation,
  type ApiReference,
  anchorOf,
} from './model.ts';

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function parameterField(root: Doc, raw: unknown): ApiField {
  const parameter = resolve(root, raw);
  const schema = parameter.schema ?? parameter;
  const required = parameter.required === true;
  const field = schemaField(root, textOf(parameter.name), schema, required);
  return {
    ...field,
    deprecated: parameter.deprecated === true,
    description: textOf(parameter.description) || field.description,
    notes: [textOf(parameter.in), ...field.notes].filter(Boolean),
  };
}

function contentBodies(root: Doc, content: unknown, description: string, prefix: string): ApiBody[] {
  return Object.entries(docOf(content)).map(([media, value]) => {
    const { schema } = docOf(value);
    const label = [prefix, media].filter(Boolean).join(' · ');
    return schema === undefined
      ? { label, description }
      : { label, description, schema: schemaField(root, 'body', schema, false) };
  });
}

function requestOf(root: Doc, operation: Doc, parameters: readonly Doc[]): ApiBody[] {
  const body = resolve(root, operation.requestBody);
  const bodies = contentBodies(root, body.content, textOf(body.description), '');
  const swagger = parameters.find((parameter) => parameter.in === 'body');
  if (!swagger) return bodies;
  const label = listOf(operation.consumes).map(textOf).join(', ') || 'body';
  return [
    {
      label,
      description: textOf(swagger.description),
      schema: schemaField(root, 'body', swagger.schema, true),
    },
  ];
}

function responsesOf(root: Doc, operation: Doc): ApiBody[] {
  return Object.entries(docOf(operation.responses)).flatMap(([status, raw]) => {
    const response = resolve(root, raw);
    const description = textOf(response.description);
    const bodies = contentBodies(root, response.content, description, status);
    if (bodies.length > 0) return bodies;
    const schema = response.schema;
    return [
      schema === undefined
        ? { label: status, description }
        : { label: status, description, schema: schemaField(root, 'body', schema, false) },
    ];
  });
}

function operationOf(root: Doc, path: string, verb: string, item: Doc, operation: Doc): ApiOperation {
  const raw = [...listOf(item.parameters), ...listOf(operation.parameters)];
  const parameters = raw.map((parameter) => resolve(root, parameter));
  return {
    id: anchorOf(textOf(operation.operationId) || `${verb}-${path}`),
    verb: verb.toUpperCase(),
    name: path,
    summary: textOf(operation.summary),
    description: textOf(operation.description),
    deprecated: operation.deprecated === true,
    parameters: parameters
      .filter((parameter) => parameter.in !== 'body')
      .map((parameter) => parameterField(root, parameter)),
    request: requestOf(root, operation, parameters),
    responses: responsesOf(root, operation),
  };
}

function serversOf(root: Doc): string[] {
  const servers = listOf(root.servers).map((server) => textOf(docOf(server).url));
  const host = textOf(root.host);
  const scheme = textOf(listOf(root.schemes)[0]) || 'https';
  return host ? [`${scheme}://${host}${textOf(root.basePath)}`] : servers.filter(Boolean);
}

export function readOpenApi(root: Doc): ApiReference {
  const info = docOf(root.info);
  const described = new Map(
    listOf(root.tags).map((tag) => [textOf(docOf(tag).name), textOf(docOf(tag).description)]),
  );
  const groups = new Map<string, ApiOperation[]>([...described.keys()].map((name) => [name, []]));
  for (const [path, rawItem] of Object.entries(docOf(root.paths))) {
    const item = resolve(root, rawItem);
    for (const verb of verbs.filter((one) => item[one] !== undefined)) {
      const operation = docOf(item[verb]);
      const group = textOf(listOf(operation.tags)[0]) || 'Operations';
      groups.set(group, [...(groups.get(group) ?? []), operationOf(root, path, verb, item, operation)]);
    }
  }
  const all = [...groups].map(
    ([name, operations]): ApiGroup => ({ name, description: described.get(name) ?? '', operations }),
  );
  return {
    title: textOf(info.title),
    version: textOf(info.version),
    description: textOf(info.description),
    servers: serversOf(root),
    groups: all.filter((group) => group.operations.length > 0),
  };
}
