/** AsyncAPI 2 and 3. */
import { type Doc, docOf, listOf, refTitle, resolve, textOf } from './document.ts';
import { schemaField } from './json-schema.ts';
import { type ApiBody, type ApiGroup, type ApiOperation, type ApiReference, anchorOf } from './model.ts';

function messageBody(root: Doc, raw: unknown, fallback: string): ApiBody {
  const message = resolve(root, raw);
  const label = textOf(message.name) || textOf(message.title) || refTitle(raw) || fallback;
  const description = textOf(message.summary) || textOf(message.description);
  const outer = resolve(root, message.payload);
  const payload =
    outer.schemaFormat !== undefined && outer.schema !== undefined ? outer.schema : message.payload;
  return payload === undefined
    ? { label, description }
    : { label, description, schema: schemaField(root, 'payload', payload, false) };
}

function messagesOf(root: Doc, raw: unknown, fallback: string): ApiBody[] {
  if (Array.isArray(raw)) return raw.map((one) => messageBody(root, one, fallback));
  const message = resolve(root, raw);
  const several = message.oneOf;
  if (Array.isArray(several)) return several.map((one) => messageBody(root, one, fallback));
  return raw === undefined ? [] : [messageBody(root, raw, fallback)];
}

function operation(
  verb: string,
  name: string,
  doc: Doc,
  request: ApiBody[],
  parameters: ApiOperation['parameters'],
): ApiOperation {
  return {
    id: anchorOf(verb, textOf(doc.operationId) || name),
    verb,
    name,
    summary: textOf(doc.summary) || textOf(doc.title),
    description: textOf(doc.description),
    deprecated: false,
    parameters,
    request,
    responses: [],
  };
}

function parametersOf(root: Doc, channel: Doc): ApiOperation['parameters'] {
  return Object.entries(docOf(channel.parameters)).map(([name, raw]) => {
    const parameter = resolve(root, raw);
    const field = schemaField(root, name, parameter.schema ?? { ...parameter, type: 'string' }, true);
    return { ...field, description: textOf(parameter.description) || field.description };
  });
}

/** Version 2: `publish` and `subscribe` under each channel. */
function operationsOfChannels(root: Doc): ApiOperation[] {
  return Object.entries(docOf(root.channels)).flatMap(([address, raw]) => {
    const channel = resolve(root, raw);
    return ['publish', 'subscribe']
      .filter((verb) => channel[verb] !== undefined)
      .map((verb) => {
        const doc = docOf(channel[verb]);
        return operation(
          verb.toUpperCase(),
          address,
          doc,
          messagesOf(root, doc.message, address),
          parametersOf(root, channel),
        );
      });
  });
}

/** Version 3: operations of their own that point to channels. */
function operationsOfOperations(root: Doc): ApiOperation[] {
  return Object.entries(docOf(root.operations)).map(([name, raw]) => {
    const doc = resolve(root, raw);
    const channel = resolve(root, doc.channel);
    const address = textOf(channel.address) || refTitle(doc.channel) || name;
    const named = listOf(doc.messages);
    const all = named.length > 0 ? named : Object.values(docOf(channel.messages));
    const described = { ...doc, operationId: name };
    return operation(
      textOf(doc.action).toUpperCase() || 'USE',
      address,
      described,
      messagesOf(root, all, name),
      parametersOf(root, channel),
    );
  });
}

export function readAsyncApi(root: Doc): ApiReference {
  const info = docOf(root.info);
  const operations = textOf(root.asyncapi).startsWith('2')
    ? operationsOfChannels(root)
    : operationsOfOperations(root);
  const verbs = [...new Set(operations.map((one) => one.verb))];
  const groups = verbs.map(
    (verb): ApiGroup => ({
      name: verb.toLowerCase(),
      description: '',
      operations: operations.filter((one) => one.verb === verb),
    }),
  );
  const servers = Object.values(docOf(root.servers)).map((raw) => {
    const server = resolve(root, raw);
    return textOf(server.url) || [textOf(server.protocol), textOf(server.host)].filter(Boolean).join('://');
  });
  return {
    title: textOf(info.title),
    version: textOf(info.version),
    description: textOf(info.description),
    servers: servers.filter(Boolean),
    groups,
  };
}
